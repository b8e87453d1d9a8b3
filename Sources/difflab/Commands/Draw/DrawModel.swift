import ArgumentParser
import DiffusionLab

/// What the figures of a model have in common.
struct ModelFigureOptions: ParsableArguments {
  @OptionGroup var model: ModelArgument

  @Option(help: "The data of the model; the model's own where it is a set of the catalogue.")
  var data: String?

  @OptionGroup var reading: ReadingOptions

  /// The files that the user may have named.
  var inputs: [String] { [model.model.text] + (data.map { [$0] } ?? []) }

  /// The model with points of its data.
  /// - Throws: what is wrong with the file, or that the data are not known by name.
  func figures(global: GlobalOptions, count: Int = 2000) throws -> LabFigures {
    let model = try model.model.load(threads: global.threads)
    return LabFigures(
      model, data: try source(of: model, global.console).sample(count: count, seed: global.seed),
      seed: global.seed)
  }

  /// The same of a model that may be reflected.
  /// - Throws: what is wrong with the file, or that the data are not known by name.
  func anyFigures(global: GlobalOptions, count: Int = 2000) throws -> LoadedFigures {
    switch try model.model.loadAny(threads: global.threads) {
    case .plain(let reverse):
      let points = try source(of: reverse, global.console).sample(count: count, seed: global.seed)
      return .plain(LabFigures(reverse, data: points, seed: global.seed))
    case .reflected(let reflected):
      let source = try model.model.source(
        trainedOn: reflected.name, reflected.origin, named: data, reading, global.console)
      return .reflected(
        ReflectedFigures(reflected, data: try source.sample(count: count, seed: global.seed)))
    }
  }

  /// The data of the model; what was decided in reading them becomes a note.
  func source(of reverse: ReverseModel, _ console: Console) throws -> DataSource {
    let source = try model.model.source(
      trainedOn: reverse.name, reverse.origin, named: data, reading, console)
    try reverse.checkUnits(of: source, for: model.model)
    if source.heldOutCount == 0 {
      console.warning(
        "\(source.name) has \(source.available ?? 0) rows, too few to hold any out: what is measured by them may have been "
          + "trained on them")
    }
    return source
  }
}

/// The figures of a model of either kind.
enum LoadedFigures {
  case plain(LabFigures)
  case reflected(ReflectedFigures)
}

struct DrawReverse: WritingCommand {
  static let configuration = CommandConfiguration(
    commandName: "reverse", abstract: "Draws a reverse chain at several times, from noise to samples.",
    discussion: "Example: difflab draw reverse moons.safetensors -o reverse.svg --sampler ddim --steps 50")

  @OptionGroup var subject: ModelFigureOptions
  @OptionGroup var sampling: SamplingOptions

  @Option(help: "How many particles.")
  var count = 2000

  @OptionGroup var output: FigureOutput
  @OptionGroup var figure: FigureOptions
  @OptionGroup var global: GlobalOptions

  var outputs: [Output] { output.outputs }
  var inputs: [String] { subject.inputs }

  func validate() throws {
    try check(count, "--count", in: 1...100_000)
  }

  func run() throws {
    let strip =
      switch try subject.anyFigures(global: global) {
      case .plain(let figures):
        figures.reverse(try sampling.trajectory(of: figures.model, count: count, seed: global.seed))
      case .reflected(let figures):
        figures.reverse(try sampling.trajectory(of: figures.model, count: count, seed: global.seed))
      }
    try figure.write(strip, to: output.output)
  }
}

struct DrawTrajectories: WritingCommand {
  static let configuration = CommandConfiguration(
    commandName: "trajectories",
    abstract: "Draws the paths of particles from noise to data, coloured by time.",
    discussion: "Example: difflab draw trajectories mixture:ring8 -o trajectories.svg --sampler ddim")

  @OptionGroup var subject: ModelFigureOptions
  @OptionGroup var sampling: SamplingOptions

  @Option(help: "How many paths.")
  var paths = 40

  @OptionGroup var output: FigureOutput
  @OptionGroup var figure: FigureOptions
  @OptionGroup var global: GlobalOptions

  var outputs: [Output] { output.outputs }
  var inputs: [String] { subject.inputs }

  func validate() throws {
    try check(paths, "--paths", in: 1...1000)
  }

  func run() throws {
    // More particles than paths: the figure prefers those that stay in the window.
    let drawn =
      switch try subject.anyFigures(global: global) {
      case .plain(let figures):
        figures.trajectories(
          try sampling.trajectory(of: figures.model, count: 3 * paths, seed: global.seed), paths: paths)
      case .reflected(let figures):
        figures.trajectories(
          try sampling.trajectory(of: figures.model, count: 3 * paths, seed: global.seed), paths: paths)
      }
    if drawn.drawnPaths < paths {
      global.console.warning(
        "\(drawn.drawnPaths) of \(paths) paths are drawn, the first that stay in the window: such long ones hide each "
          + "other; a sampler that adds no noise, such as ddim, has room for more")
    }
    try figure.write(drawn, to: output.output)
  }
}

struct DrawField: WritingCommand {
  static let configuration = CommandConfiguration(
    commandName: "field",
    abstract: "Draws the score at one time as arrows over the density of the noisy data.",
    discussion: "Example: difflab draw field ring8.safetensors -o field.svg --time 0.3")

  @OptionGroup var subject: ModelFigureOptions

  @Option(
    help:
      "The time: 0 is data, 1 is noise. (default: \(LabFigures.fieldTime), or the first step's)"
  )
  var time: Double?

  @OptionGroup var output: FigureOutput
  @OptionGroup var figure: FigureOptions
  @OptionGroup var global: GlobalOptions

  var outputs: [Output] { output.outputs }
  var inputs: [String] { subject.inputs }

  func validate() throws {
    if let time, !(time > 0 && time <= 1) {
      throw ValidationError("--time \(time): give a time above 0 and up to 1; at 0 there is no noise.")
    }
  }

  func run() throws {
    switch try subject.anyFigures(global: global) {
    case .plain(let figures): try draw(figures)
    case .reflected(let figures):
      try figure.write(figures.field(time: time ?? LabFigures.fieldTime), to: output.output)
    }
  }

  private func draw(_ figures: LabFigures) throws {
    let time = time ?? figures.fieldTime
    guard figures.model.schedule.level(at: time).noise > 0 else {
      throw ValidationError(
        "--time \(time): the model's chain of \(figures.model.schedule.steps) steps has no noise there yet.")
    }
    if let problem = figures.model.couplingProblem {
      throw ValidationError("\(subject.model.model.text): \(problem).")
    }
    try figure.write(figures.field(time: time), to: output.output)
  }
}

struct DrawLoss: WritingCommand {
  static let configuration = CommandConfiguration(
    commandName: "loss", abstract: "Draws the loss of a model's training.",
    discussion: "Example: difflab draw loss moons.safetensors -o loss.svg")

  @OptionGroup var model: ModelArgument
  @OptionGroup var output: FigureOutput
  @OptionGroup var figure: FigureOptions
  @OptionGroup var global: GlobalOptions

  var outputs: [Output] { output.outputs }
  var inputs: [String] { [model.model.text] }

  func run() throws {
    guard model.model.exactMixture == nil else {
      throw ValidationError("\(model.model.text) is exact and was never trained; name a checkpoint.")
    }
    try figure.write(LabFigures.loss(try model.model.trained()), to: output.output)
  }
}
