import ArgumentParser
import DiffusionLab

/// A training run as the command line shows it: progress, Ctrl-C, and a checkpoint whatever happens.
struct TrainingSession {
  /// The data that are trained on.
  let points: PointCloud
  private let trainer: Trainer
  private let console: Console

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

  /// Trains to the end or to a loss that is not finite, and writes the checkpoint where one is asked for; a long run
  /// also writes it on its way. Without a checkpoint there is nothing to keep, and a signal ends the command at once.
  /// - Parameter interval: how much work is lost at most where the program is killed.
  /// - Throws: ``Interruption`` where a signal stopped it, ``TrainingError/diverged(step:)``, each after the last good
  ///   checkpoint was written; ``FileError`` where it cannot be written in the end.
  func run(checkpoint path: String?, every interval: Duration = .seconds(30)) throws -> TrainedModel {
    guard let path else {
      try train {}
      return trainer.model
    }
    return try Interrupt.polling {
      let clock = ContinuousClock()
      var saved = clock.now
      do {
        try train {
          if saved.duration(to: clock.now) >= interval {
            save(to: path, again: interval)
            saved = clock.now
          }
        }
      } catch let error as TrainingError {
        do {
          try trainer.model.write(to: path)
          console.note("the last good model, of step \(trainer.model.step), is in \(path)")
        } catch {
          console.warning("\(error)")
        }
        throw error
      }
      let model = trainer.model
      try model.write(to: path)
      if Interrupt.requested { throw interruption(path) }
      return model
    }
  }

  /// Trains to the end or to a signal.
  /// - Parameter look: called some ten times a second on any machine, enough for a smooth bar and a prompt end.
  private func train(look: () throws -> Void) throws {
    let total = trainer.recipe.steps
    var progress = ProgressBar(total: total, first: trainer.step, console: console)
    defer { progress.finish() }
    let clock = ContinuousClock()
    var chunk = 20
    while !trainer.isFinished && !Interrupt.requested {
      var loss = 0.0
      let time = try clock.measure { loss = try trainer.run(steps: chunk) }
      chunk =
        time < .milliseconds(60)
        ? min(2 * chunk, 2000) : time > .milliseconds(240) ? max(1, chunk / 2) : chunk
      progress.show(done: trainer.step, loss: loss)
      try look()
    }
  }

  /// Writes the checkpoint on the way; a disk that is full now may have room at the next attempt.
  private func save(to path: String, again interval: Duration) {
    do {
      try trainer.model.write(to: path)
    } catch {
      console.warning(
        "\(error); training goes on and writes the checkpoint again after \(Int(interval / .seconds(1))) s")
    }
  }

  /// What a signal interrupted, with the way to go on.
  private func interruption(_ path: String) -> Interruption {
    Interruption(
      description: trainer.isFinished
        ? "interrupted; training was at its end and is in \(path)"
        : "stopped at step \(trainer.step) of \(trainer.recipe.steps); train … --resume \(path) goes on")
  }
}
