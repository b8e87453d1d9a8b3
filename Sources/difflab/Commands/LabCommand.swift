import ArgumentParser
import DiffusionLab

/// The whole lab in one command.
struct LabCommand: WritingCommand {
  static let configuration = CommandConfiguration(
    commandName: "lab",
    abstract: "Trains on one data set, draws samples, scores them, and draws all figures and an animation.",
    discussion: """
      Example: difflab lab swissroll
      Example: difflab lab points.csv --out my-lab --steps 3000 --seed 7
      """)

  @Argument(help: "A data set: a name, or the path of a CSV, NPY or mixture JSON file.")
  var name: String

  @Option(help: "The folder for all files. (default: lab-NAME)")
  var out: String?

  @Option(help: "Samples to draw and to score.")
  var count = 5000

  @OptionGroup var training: TrainingOptions
  @OptionGroup var figure: FigureOptions
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var global: GlobalOptions

  /// The names of all files that come out.
  static let files =
    ["model.safetensors", "samples.csv", "report.json", "animation.gif"]
    + (LabFigures.names + ["copies"]).flatMap { name in endings.map { "\(name).\($0)" } }
  private static let endings = ["svg", "png", "pdf"]
  /// Particles of the drawn chain.
  private static let particles = 2000

  var outputs: [Output] { out.map { [.folder($0, files: Self.files)] } ?? [] }
  var inputs: [String] { [name] }

  func validate() throws {
    try training.requireGaussianNoise("lab")
    try check(count, "--count", in: 2...20_000)
  }

  func run() throws {
    let clock = ContinuousClock()
    let start = clock.now
    let console = global.console
    let source = try reading.source(name, global.console)
    let folder = out ?? "lab-\(source.name)"
    // Only the data know the name of a folder that the user left out.
    try Output.check([.folder(folder, files: Self.files)], inputs: inputs)
    let session = try TrainingSession(source, options: training, global: global)
    let trained = try session.run(checkpoint: "\(folder)/model.safetensors")
    let trainedAt = clock.now

    let model = trained.asModel(
      mixture: source.mixture, threads: global.threads)
    let plan = try model.plan(SamplingRequest(steps: min(Ancestral.kind.steps, trained.schedule.steps)))
    let samples = plan.samples(count: count, seed: global.seed)
    try CSVFile.write(samples, to: "\(folder)/samples.csv")
    let copies = try CopyingCheck(of: samples, by: trained, source: source)
    let report = try LabReport(
      model: trained, drawnFrom: model, samples: samples, plan: plan,
      source: source, copying: copies?.test)
    try AtomicFile.write(try report.json() + "\n", to: "\(folder)/report.json")
    let scoredAt = clock.now

    let data = try source.sample(count: Self.particles, seed: global.seed)
    let figures = LabFigures(model, data: data, seed: global.seed)
    let chain = plan.trajectory(count: Self.particles, seed: global.seed)
    for (name, drawn) in try figures.all(trained: trained, chain: chain, samples: samples) {
      for ending in Self.endings { try figure.write(drawn, to: "\(folder)/\(name).\(ending)") }
    }
    if let copies, source.available != nil {
      let drawn = copies.figure(title: "\(source.name): samples and training points")
      for ending in Self.endings { try figure.write(drawn, to: "\(folder)/copies.\(ending)") }
    }
    try figure.write(figures.animation(chain), to: "\(folder)/animation.gif", scale: 1)

    console.result(report.summary)
    func seconds(_ from: ContinuousClock.Instant, _ to: ContinuousClock.Instant) -> String {
      (from.duration(to: to) / .seconds(1)).fixed(1)
    }
    console.result(
      "everything is in \(folder)/   training \(seconds(start, trainedAt)) s, sampling and scores "
        + "\(seconds(trainedAt, scoredAt)) s, figures \(seconds(scoredAt, clock.now)) s")
  }
}
