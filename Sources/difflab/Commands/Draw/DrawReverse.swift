import ArgumentParser
import DiffusionLab

struct DrawReverse: WritingCommand {
  static let configuration = CommandConfiguration(
    commandName: "reverse", abstract: "Draws a reverse chain at several times, from noise to samples.",
    discussion: "Example: difflab draw reverse moons.safetensors -o reverse.svg --sampler ddim --steps 50")

  @OptionGroup var subject: SubjectOptions
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
    let figures = try subject.figures(global)
    let chain = try sampling.trajectory(of: figures.model, count: count, seed: global.seed)
    try figure.write(figures.reverse(chain), to: output.output)
  }
}
