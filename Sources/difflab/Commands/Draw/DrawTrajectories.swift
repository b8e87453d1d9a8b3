import ArgumentParser
import DiffusionLab

struct DrawTrajectories: WritingCommand {
  static let configuration = CommandConfiguration(
    commandName: "trajectories",
    abstract: "Draws the paths of particles from noise to data, coloured by time.",
    discussion: "Example: difflab draw trajectories mixture:ring8 -o trajectories.svg --sampler ddim")

  @OptionGroup var subject: SubjectOptions
  @OptionGroup var sampling: SamplingOptions

  @Option(help: "How many paths.")
  var paths = 40

  @OptionGroup var output: FigureOutput
  @OptionGroup var figure: FigureOptions
  @OptionGroup var global: GlobalOptions

  var outputs: [Output] { output.outputs }
  var inputs: [String] { subject.inputs }

  func validate() throws {
    try check(paths, "--paths", in: 1...1000)
  }

  func run() throws {
    // More particles than paths: the figure prefers those that stay in the window.
    let figures = try subject.figures(global)
    let chain = try sampling.trajectory(of: figures.model, count: 3 * paths, seed: global.seed)
    let drawn = figures.trajectories(chain, paths: paths)
    if drawn.drawnPaths < paths {
      global.console.warning(
        "\(drawn.drawnPaths) of \(paths) paths are drawn, the first that stay in the window: such long ones hide each "
          + "other; a sampler that adds no noise, such as ddim, has room for more")
    }
    try figure.write(drawn, to: output.output)
  }
}
