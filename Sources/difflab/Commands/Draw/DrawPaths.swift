import ArgumentParser
import DiffusionLab

struct DrawPaths: WritingCommand {
  static let configuration = CommandConfiguration(
    commandName: "paths",
    abstract: "Draws the paths of the same particles under different samplers.",
    discussion:
      "Example: difflab draw paths mixture:ring8 -o paths.svg --samplers ddpm,ddim,edm --steps 50")

  @OptionGroup var subject: ModelFigureOptions
  @OptionGroup var list: SamplerListOptions

  @Option(help: "Steps of every chain.")
  var steps = 50

  @Option(help: "How many particles to follow.")
  var paths = 6

  @OptionGroup var output: FigureOutput
  @OptionGroup var figure: FigureOptions
  @OptionGroup var global: GlobalOptions

  var outputs: [Output] { output.outputs }
  var inputs: [String] { subject.inputs }

  func validate() throws {
    try check(steps, "--steps", in: 1...2000)
    try check(paths, "--paths", in: 1...200)
  }

  func run() throws {
    let figures = try subject.figures(global: global)
    let entries = try list.entries(for: figures.model)
    guard entries.count <= 12 else {
      throw ValidationError("--samplers: \(entries.count) samplers; at most 12 fit on a page.")
    }
    let drawn: PathsFigure
    do {
      drawn = try figures.paths(
        of: entries, along: list.family, steps: steps, paths: paths, seed: global.seed)
    } catch {
      throw ValidationError("\(error).")
    }
    try figure.write(drawn, to: output.output)
  }
}
