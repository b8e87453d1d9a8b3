import ArgumentParser
import DiffusionLab

/// Compares samplers on one model.
struct CompareCommand: WritingCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compares samplers on one model from the same starting noise: quality against evaluations.",
    discussion: """
      Quality is the sliced W2 distance from fresh true points as a multiple of the noise floor. For samplers that \
      add no noise the table also has the median distance to the end points of the model's exact flow from the \
      same start, and the order of convergence that it shows.

      Example: difflab compare mixture:ring8 --samplers all --recommended
      Example: difflab compare ring8.safetensors --samplers ddpm,ddim,edm --steps 5,10,20,50 -o compare.svg
      """)

  @OptionGroup var subject: SubjectOptions
  @OptionGroup var list: SamplerListOptions

  @Option(
    help:
      "Numbers of steps, with commas. (default: \(Self.defaultSteps.map(String.init).joined(separator: ",")))",
    transform: StepList.init)
  var steps: StepList?

  @Flag(help: "Runs every sampler with its own number of steps; see difflab samplers.")
  var recommended = false

  @Option(help: "Points in each cloud.")
  var count = 5000

  @Option(help: "Clouds per sampler.")
  var repetitions = TrueClouds.defaultRepetitions

  @Option(name: .shortAndLong, help: "A figure to draw: .svg, .png or .pdf.")
  var output: String?

  @Flag(help: "Prints JSON.")
  var json = false

  @OptionGroup var figure: FigureOptions
  @OptionGroup var global: GlobalOptions

  var outputs: [Output] { output.map { [.file($0)] } ?? [] }
  var inputs: [String] { subject.inputs }

  func validate() throws {
    try check(count, "--count", in: 2...20_000)
    try check(repetitions, "--repetitions", in: 1...100)
    if recommended && steps != nil {
      throw ValidationError("--recommended takes each sampler's own number of steps; leave --steps out.")
    }
    if recommended && output != nil {
      throw ValidationError("--recommended: one number of steps per sampler makes no curve to draw.")
    }
    if let output { try check(ending: output, of: ["svg", "png", "pdf"]) }
  }

  private static let defaultSteps = [5, 10, 20, 50, 100, 250]

  func run() throws {
    let model = try subject.reference.load(global)
    let flow = try usage { try model.requireFlow() }
    let source = try subject.measuredSource(of: model, global.console)
    let kinds = try list.kinds(for: model)
    if let output, kinds.count > 8 {
      throw ValidationError(
        "\(output): \(kinds.count) samplers; a figure can distinguish at most eight.")
    }
    var bar: ProgressBar?
    let comparison = try usage {
      try SamplerComparison(
        model, source: source, samplers: kinds, steps: recommended ? nil : steps?.values ?? Self.defaultSteps,
        along: list.grid, count: count,
        repetitions: repetitions, seed: global.seed
      ) { done, total in
        var shown = bar ?? ProgressBar(total: total, console: global.console)
        shown.show(done: done, loss: nil)
        bar = shown
      }
    }
    bar?.finish()
    guard !comparison.rows.isEmpty else {
      throw ValidationError("--steps: the model's chain has T = \(flow.schedule.steps) steps; give fewer.")
    }
    global.console.result(json ? try comparison.json() : comparison.table)
    guard let output else { return }
    guard comparison.rows.contains(where: { $0.evaluations != nil }) else {
      throw ValidationError(
        "\(output): ode-dopri5 chooses its steps itself, so there is nothing to draw it by.")
    }
    try figure.write(QualityFigure(comparison), to: output)
  }
}
