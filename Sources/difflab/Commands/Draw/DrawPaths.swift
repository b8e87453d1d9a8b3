import ArgumentParser
import DiffusionLab

struct DrawPaths: DrawingCommand {
  static let configuration = CommandConfiguration(
    commandName: "paths",
    abstract: "Draws the paths of the same particles under different samplers.",
    discussion:
      "Example: difflab draw paths mixture:ring8 -o paths.svg --samplers ddpm,ddim,edm --steps 50")

  @OptionGroup var subject: SubjectOptions
  @OptionGroup var list: SamplerListOptions

  @Option(help: "Steps of every chain.")
  var steps = 50

  @Option(help: "How many particles to follow.")
  var paths = 6

  @OptionGroup var drawing: DrawingOptions

  var inputs: [String] { subject.inputs }

  func validate() throws {
    try check(steps, "--steps", in: 1...2000)
    try check(paths, "--paths", in: 1...200)
  }

  func run() throws {
    let figures = try subject.figures(global)
    let kinds = try list.kinds(for: figures.model)
    guard kinds.count <= 12 else {
      throw ValidationError("--samplers: \(kinds.count) samplers; at most 12 fit on a page.")
    }
    let drawn = try usage {
      try figures.paths(of: kinds, along: list.grid, steps: steps, paths: paths, seed: global.seed)
    }
    try write(drawn)
  }
}
