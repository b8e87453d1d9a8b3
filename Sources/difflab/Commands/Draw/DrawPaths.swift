import ArgumentParser
import DiffusionLab

struct DrawPaths: ParsableCommand {
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

  func validate() throws {
    try check(steps, "--steps", in: 1...2000)
    try check(paths, "--paths", in: 1...200)
  }

  func run() throws {
    let figures = try subject.figures(global: global)
    let model = figures.model
    let panels = try list.entries(for: model).map { entry in
      do {
        let chain = try model.chain(
          entry, .init(variance: model.variance), along: list.family, steps: steps)
        // More particles than paths: the figure prefers those that stay in the window.
        return PathsFigure.Panel(
          entry.name, model.scaledTrajectory(count: 4 * paths, of: chain, seed: global.seed))
      } catch {
        throw ValidationError("\(error).")
      }
    }
    guard panels.count <= 12 else {
      throw ValidationError("--samplers: \(panels.count) samplers; at most 12 fit on a page.")
    }
    let drawn = PathsFigure(
      panels, data: figures.standardData, paths: paths, limits: figures.limits,
      title: "\(model.name): the same particles under different samplers")
    try figure.write(drawn, to: output.output)
  }
}
