import PointClouds

extension Trainer {
  /// The number of a recipe's steps that fit into a time on this machine as it is now; at least 1.
  ///
  /// The first steps of a trainer that is then thrown away are timed, for a tenth of the budget and a second at
  /// most, which counts. Train with the number in ``TrainingRecipe/steps``: the learning rate then falls over
  /// exactly those steps, and the same number gives the same bits on every machine, however long it takes.
  /// - Throws: ``TrainingError``, as training itself would.
  package static func steps(
    within budget: Duration, points: PointCloud, recipe: TrainingRecipe
  ) throws(TrainingError) -> Int {
    precondition(budget > .zero, "a budget of \(budget)")
    let clock = ContinuousClock()
    let begin = clock.now
    var endless = recipe
    endless.steps = TrainingRecipe.stepsLimit
    let trainer = try Trainer(points: points, dataset: "", recipe: endless)
    // The first steps wake the threads and touch the memory.
    try trainer.run(steps: 5)
    let enough = min(budget / 10, .seconds(1))
    let first = trainer.step
    let start = clock.now
    while start.duration(to: clock.now) < enough { try trainer.run(steps: 5) }
    let now = clock.now
    let speed = Double(trainer.step - first) / (start.duration(to: now) / .seconds(1))
    let left = max(0, (budget - begin.duration(to: now)) / .seconds(1))
    return Int(min(max(1, speed * left), Double(TrainingRecipe.stepsLimit)))
  }
}
