import ArgumentParser
import DiffusionLab

struct DrawReflected: DrawingCommand {
  static let configuration = CommandConfiguration(
    commandName: "reflected",
    abstract: "Draws data between walls beside samples of a plain and of a reflected model.",
    discussion: """
      Under each title stand the shares of points behind a wall and on one. The plain model is shown twice: as \
      it is, and with its answers clamped to the box around the training points, as all other commands do, \
      which piles up on the walls what would leave. Both models are of the same data.

      Example: difflab draw reflected plain.safetensors box.safetensors -o walls.svg
      """)

  @Argument(help: "A checkpoint (.safetensors) of a plain model.")
  var plain: ModelReference

  @Argument(help: "A checkpoint of a model trained with --loss reflected, or mixture:box.")
  var reflected: ModelReference

  @Option(help: "The data of the models; their own where they are a set of the catalogue.")
  var data: String?

  @OptionGroup var reading: ReadingOptions

  @Option(help: "Steps of the reverse chains.")
  var steps = Ancestral.kind.steps

  @Option(help: "How many samples of each.")
  var count = 3000

  @OptionGroup var drawing: DrawingOptions

  var inputs: [String] { [plain.text, reflected.text] + (data.map { [$0] } ?? []) }

  func validate() throws {
    try check(steps, "--steps", in: 1...100_000)
    try check(count, "--count", in: 1...100_000)
  }

  func run() throws {
    let trained = try plain.trained()
    guard trained.reflection == nil else {
      throw ValidationError("\(plain.text) is of noise mirrored at walls; the first model is the plain one.")
    }
    let walled = try reflected.load(global)
    guard let walls = walled.scene.walls else {
      throw ValidationError("\(reflected.text) is of Gaussian noise; train one with --loss reflected.")
    }
    let clamped = TrainedDiffusion(trained, threads: global.threads)
    guard clamped.sharesData(with: walled) else {
      throw ValidationError(
        "\(plain.text) is of \(trained.dataset) and \(reflected.text) of \(walled.name); give models of the "
          + "same data.")
    }
    let source = try reflected.source(of: walled, named: data, reading, global.console)
    func samples(_ model: any Model, steps: Int) throws -> PointCloud {
      try usage { try model.plan(SamplingRequest(steps: steps)) }.samples(count: count, seed: global.seed)
    }
    let least = min(steps, trained.schedule.steps)
    let drawn = ComparisonFigure(
      [
        ("data", try source.sample(count: count, seed: global.seed)),
        (
          "Gaussian",
          try samples(TrainedDiffusion(trained, clamped: false, threads: global.threads), steps: least)
        ),
        ("Gaussian, clamped", try samples(clamped, steps: least)),
        ("reflected", try samples(walled, steps: steps)),
      ], walls: walls,
      title: "\(walled.name): learned by noise that knows no walls, and by noise that does")
    try write(drawn)
  }
}
