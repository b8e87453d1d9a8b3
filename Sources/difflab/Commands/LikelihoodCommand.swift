import ArgumentParser
import DiffusionLab

/// Measures log p of points under a model.
struct LikelihoodCommand: WritingCommand {
  static let configuration = CommandConfiguration(
    commandName: "likelihood",
    abstract: "Measures log p of points by the probability-flow ODE, with the exact divergence.",
    discussion: """
      In nats over both coordinates, in the units of the data. If the data are a Gaussian mixture, the exact \
      log density stands beside it. Without --at, the points are held-out points of the data.

      Example: difflab likelihood ring8.safetensors
      Example: difflab likelihood mixture:ring8 --at points.csv -o logp.csv --process vp --steps 200
      """)

  @OptionGroup var subject: SubjectOptions

  @Option(help: "The points, in the units of the data; a .csv or .npy file.")
  var at: String?

  @Option(help: "How many held-out points, without --at.")
  var points = 1000

  @Option(
    name: .shortAndLong, help: "Writes x, y, log p and the exact log p of each point to this .csv file.")
  var output: String?

  @Flag(help: "Prints JSON.")
  var json = false

  @OptionGroup var flow: FlowOptions
  @OptionGroup var global: GlobalOptions

  var outputs: [Output] { output.map { [.file($0)] } ?? [] }
  var inputs: [String] { subject.inputs + (at.map { [$0] } ?? []) }

  /// An exact oracle has no error but the solver's; above this many nats its numbers mislead.
  private static let largestFlowError = 0.1

  func validate() throws {
    try check(points, "--points", in: 1...1_000_000)
    if let output { try check(ending: output, of: ["csv"]) }
  }

  func run() throws {
    let model = try subject.reference.load(global)
    let base = try usage { try model.requireFlow() }
    let cloud =
      if let at { try subject.reading.points(at, global.console) } else {
        try subject.measuredSource(of: model, global.console).sample(
          count: points, seed: global.seed, purpose: .heldOut)
      }
    if let at { try model.checkUnits(of: cloud, named: at, for: subject.reference) }
    let report = LikelihoodReport(base, at: cloud, by: try flow.likelihood(of: model, base))
    if model.isExact, let error = report.largestError, error > Self.largestFlowError {
      global.console.warning(
        "the flow misses the exact density by \(error.fixed(2)) nats at a point: its \(flow.steps ?? 64) steps are too "
          + "coarse for the narrowest component; give more --steps")
    }
    if let output { try AtomicFile.write(report.csv, to: output) }
    if json { return global.console.result(try report.json()) }
    if at != nil, output == nil { global.console.result(report.table) }
    global.console.result(report.summary)
  }
}
