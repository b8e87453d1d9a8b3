import ArgumentParser
import DiffusionLab

struct DrawReflected: WritingCommand {
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
  var steps = 250

  @Option(help: "How many samples of each.")
  var count = 3000

  @OptionGroup var output: FigureOutput
  @OptionGroup var figure: FigureOptions
  @OptionGroup var global: GlobalOptions

  var outputs: [Output] { output.outputs }
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
    guard case .reflected(let walled) = try reflected.loadAny(threads: global.threads) else {
      throw ValidationError("\(reflected.text) is of Gaussian noise; train one with --loss reflected.")
    }
    let areSame =
      trained.origin.flatMap { one in walled.origin.map(one.isSameData) } ?? (trained.dataset == walled.name)
    guard areSame else {
      throw ValidationError(
        "\(plain.text) is of \(trained.dataset) and \(reflected.text) of \(walled.name); give models of the "
          + "same data.")
    }
    let source = try reflected.source(
      trainedOn: walled.name, walled.origin, named: data, reading, global.console)
    func samples(clamped: Bool) -> PointCloud {
      let model = ReverseModel(trained, clamped: clamped, threads: global.threads)
      return model.samples(
        count: count, sampler: model.usualSampler.sampler, steps: min(steps, model.schedule.steps),
        seed: global.seed)
    }
    let drawn = ReflectedFigures.walls(
      [
        ("data", try source.sample(count: count, seed: global.seed)),
        ("Gaussian", samples(clamped: false)),
        ("Gaussian, clamped", samples(clamped: true)),
        (
          "reflected",
          walled.samples(
            count: count, sampler: ReflectedEulerMaruyama(), steps: steps, seed: global.seed)
        ),
      ], box: walled.diffusion.box,
      title: "\(walled.name): learned by noise that knows no walls, and by noise that does")
    try figure.write(drawn, to: output.output)
  }
}
