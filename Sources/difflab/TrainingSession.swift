import ArgumentParser
import DiffusionLab

/// A training run as the command line shows it: progress, Ctrl-C, and a checkpoint whatever happens.
struct TrainingSession {
  /// The data that are trained on.
  let points: PointCloud
  private let trainer: Trainer
  private let console: Console

  /// How much work is lost at most where the program is killed.
  private static let saveInterval = Duration.seconds(30)

  /// A run on a data source.
  /// - Throws: what the points or the recipe have wrong.
  init(_ source: DataSource, options: TrainingOptions, global: GlobalOptions) throws {
    console = global.console
    var recipe = try options.recipe(seed: global.seed, threads: global.threads)
    recipe.box = source.box
    points = try source.trainingPoints(limit: options.points, seed: global.seed)
    let advice = TrainingAdvice(points, of: source)
    advice.notes.forEach(console.note)
    advice.warnings.forEach(console.warning)
    if recipe.loss.corruption == .gaussian, let warning = recipe.schedule.priorWarning {
      console.warning(warning)
    }
    if let seconds = options.seconds {
      recipe.steps = try Trainer.steps(within: .seconds(seconds), points: points, recipe: recipe)
      recipe.warmup = min(recipe.warmup, recipe.steps)
      console.note("\(recipe.steps) steps fit into \(seconds) s; --steps \(recipe.steps) remakes this run")
    }
    trainer = try Trainer(points: points, dataset: source.name, origin: source.origin, recipe: recipe)
  }

  /// The run that a checkpoint holds, to be gone on with.
  /// - Throws: what the file has wrong, or that the options ask for something else than it holds.
  init(resuming path: String, _ source: DataSource, options: TrainingOptions, global: GlobalOptions) throws {
    console = global.console
    let model = try TrainedModel(contentsOf: path)
    let count = model.state?.points.count ?? DataSource.defaultTrainingCount
    var asked = model.recipe
    try options.apply(to: &asked)
    guard asked == model.recipe, (options.points ?? count) == count,
      global.seed == 0 || global.seed == model.seed
    else {
      throw ValidationError(
        "--resume \(path): training goes on by the recipe, the points and the seed of the checkpoint; leave "
          + "out the options that say otherwise.")
    }
    points = try source.split(as: model.origin).trainingPoints(limit: count, seed: model.seed)
    trainer = try Trainer(resuming: model, points: points, threads: global.threads)
    console.note("going on after step \(model.step) of \(model.recipe.steps)")
  }

  /// Trains to the end, to Ctrl-C, or to a loss that is not finite, and writes the checkpoint where one is
  /// asked for; a long run also writes it on its way.
  /// - Throws: ``TrainingError/diverged(step:)`` after the last good checkpoint was written.
  func run(checkpoint path: String?) throws -> TrainedModel {
    let total = trainer.recipe.steps
    var progress = ProgressBar(total: total, first: trainer.step, console: console)
    // Some ten looks a second on any machine are enough for a smooth bar and a prompt Ctrl-C.
    let clock = ContinuousClock()
    var chunk = 20
    var saved = clock.now
    Interrupt.watch()
    do {
      while !trainer.isFinished && !Interrupt.requested {
        var loss = 0.0
        let time = try clock.measure { loss = try trainer.run(steps: chunk) }
        chunk =
          time < .milliseconds(60)
          ? min(2 * chunk, 2000) : time > .milliseconds(240) ? max(1, chunk / 2) : chunk
        progress.show(done: trainer.step, loss: loss)
        if let path, saved.duration(to: clock.now) > Self.saveInterval {
          try trainer.model.write(to: path)
          saved = clock.now
        }
      }
      progress.finish()
    } catch {
      progress.finish()
      if let path, error is TrainingError {
        try trainer.model.write(to: path)
        console.note("the last good model, of step \(trainer.model.step), is in \(path)")
      }
      throw error
    }
    let model = trainer.model
    if let path { try model.write(to: path) }
    if !trainer.isFinished {
      let way = path.map { "; train … --resume \($0) goes on" } ?? ""
      console.note("stopped at step \(trainer.step) of \(total)\(way)")
    }
    return model
  }
}
