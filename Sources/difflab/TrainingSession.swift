import DiffusionLab

/// A training run as the command line shows it: progress, Ctrl-C, and a checkpoint whatever happens.
struct TrainingSession {
  /// The data that are trained on.
  let points: PointCloud
  private let source: DataSource
  private let recipe: TrainingRecipe
  private let console: Console

  /// A run on a data source.
  /// - Throws: what the points or the recipe have wrong.
  init(_ source: DataSource, options: TrainingOptions, global: GlobalOptions) throws {
    self.source = source
    var recipe = try options.recipe(seed: global.seed, threads: global.threads)
    recipe.box = source.box
    self.recipe = recipe
    console = global.console
    points = try source.sample(count: options.points, seed: global.seed, purpose: .training)
    if recipe.loss.corruption == .gaussian, let warning = recipe.schedule.priorWarning {
      console.warning(warning)
    }
  }

  /// Trains to the end, to Ctrl-C, or to a loss that is not finite, and writes the checkpoint where one is
  /// asked for.
  /// - Throws: ``TrainingError/diverged(step:)`` after the last good checkpoint was written.
  func run(checkpoint path: String?) throws -> TrainedModel {
    let trainer = try Trainer(points: points, dataset: source.name, recipe: recipe)
    var progress = ProgressBar(total: recipe.steps, console: console)
    // Some ten looks a second on any machine are enough for a smooth bar and a prompt Ctrl-C.
    let clock = ContinuousClock()
    var chunk = 20
    Interrupt.watch()
    do {
      while !trainer.isFinished && !Interrupt.requested {
        var loss = 0.0
        let time = try clock.measure { loss = try trainer.run(steps: chunk) }
        chunk =
          time < .milliseconds(60)
          ? min(2 * chunk, 2000) : time > .milliseconds(240) ? max(1, chunk / 2) : chunk
        progress.show(done: trainer.step, loss: loss)
      }
      progress.finish()
    } catch {
      progress.finish()
      if let path {
        try trainer.model.write(to: path)
        console.note("the last good model, of step \(trainer.model.step), is in \(path)")
      }
      throw error
    }
    if Interrupt.requested { console.note("stopped at step \(trainer.step) of \(recipe.steps)") }
    let model = trainer.model
    if let path { try model.write(to: path) }
    return model
  }
}
