import ArgumentParser
import DiffusionLab

struct DrawParameterizations: DrawingCommand {
  static let configuration = CommandConfiguration(
    commandName: "parameterizations",
    abstract: "Trains a network to say each of the six predictions, and draws the samples side by side.",
    discussion: """
      All are trained alike, for as many steps; the number under each title is the sliced W2 distance of its \
      samples as a multiple of that between true points.

      Example: difflab draw parameterizations moons -o parameterizations.svg --steps 4000
      """)

  @Argument(help: "A data set: a name, or the path of a CSV, NPY or mixture JSON file.")
  var name: String

  @Option(help: "How many samples of each.")
  var count = 4000

  @OptionGroup var training: TrainingOptions
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var drawing: DrawingOptions

  var inputs: [String] { [name] }

  func validate() throws {
    try training.requireGaussianNoise("draw parameterizations")
    try check(count, "--count", in: 2...20_000)
    if training.predict != nil { throw ValidationError("--predict: this figure shows every prediction.") }
    for prediction in Prediction.allCases {
      if let problem = try options(prediction).recipe(seed: 0, threads: 0).problem {
        throw ValidationError("this figure shows every prediction, and \(problem).")
      }
    }
  }

  /// The options of training for one prediction.
  private func options(_ prediction: Prediction) -> TrainingOptions {
    var options = training
    options.predict = prediction
    return options
  }

  func run() throws {
    let source = try reading.source(name, global.console)
    var panels: [CloudPanel] = []
    var steps = 0
    for prediction in Prediction.allCases {
      global.console.note("training to say \(prediction.rawValue)")
      let trained = try TrainingSession(source, options: options(prediction), global: global).run(
        checkpoint: nil)
      steps = trained.recipe.steps
      let model = trained.asModel(threads: global.threads)
      let plan = try model.plan(SamplingRequest(steps: min(Ancestral.kind.steps, trained.schedule.steps)))
      let samples = plan.samples(count: count, seed: global.seed)
      let score = try ScoreCard(samples, against: source, from: .heldOut, seed: global.seed).rows[0]
      panels.append(
        CloudPanel(prediction.title, note: "W2 \(score.ratio.fixed(2)) × floor", samples.prefix(2000)))
    }
    let data = try source.sample(count: 2000, seed: global.seed)
    let drawn = ComparisonFigure(
      panels, title: "\(source.name) learned \(panels.count) ways, \(steps) steps each",
      limits: Limits(of: data), columns: 3)
    try write(drawn)
  }
}

extension Prediction {
  /// The prediction as formulas write it.
  fileprivate var title: String {
    switch self {
    case .epsilon: "ε"
    case .clean: "x₀"
    case .v: "v"
    case .score: "score"
    case .velocity: "velocity"
    case .mean: "mean μ"
    }
  }
}
