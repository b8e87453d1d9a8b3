import ArgumentParser
import DiffusionLab

struct DrawCopies: WritingCommand {
  static let configuration = CommandConfiguration(
    commandName: "copies",
    abstract: "Draws samples over the training points, each joined with the nearest of them.",
    discussion: """
      Prints how often a sample is nearer to the training points than a point is that was held out: in half of the \
      cases unless the network has learned its points by heart.

      Example: difflab draw copies moons.safetensors -o copies.svg
      Example: difflab draw copies own.safetensors --data own.csv -o copies.svg
      """)

  @OptionGroup var subject: SubjectOptions
  @OptionGroup var sampling: SamplingOptions

  @Option(help: "How many samples to test; the first 300 are drawn.")
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
    let reference = subject.reference
    let trained = try reference.checkpoint()
    let model = trained.asModel(threads: global.threads)
    let source = try subject.measuredSource(of: model, global.console)
    let samples = try sampling.plan(for: model).samples(count: count, seed: global.seed)
    guard let check = try CopyingCheck(of: samples, by: trained, source: source) else {
      throw ValidationError(
        "\(reference.text): the points that it was trained on are not known, or none were held out from them; "
          + "give a model of ten rows or more, with its own data.")
    }
    try figure.write(
      check.figure(title: "\(model.name): samples and training points"), to: output.output)
    global.console.result(check.test.summary)
  }
}
