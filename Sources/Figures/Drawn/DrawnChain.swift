import Plotting
import PointClouds

extension ReverseStrip: DrawnFigure {
  package static let name = "reverse"
  package static let abstract = "Draws a reverse chain at several times, from noise to samples."
  package static let discussion =
    "Example: difflab draw reverse moons.safetensors -o reverse.svg --sampler ddim --steps 50"
  package static let showsChain = true
  private static let count = Parameter.integer("count", in: 1...100_000, default: 2000, "How many particles.")
  package static let parameters = [count]

  package static func make(at desk: some FigureDesk) throws -> ReverseStrip {
    let lab = try desk.lab()
    return lab.reverse(try desk.trajectory(of: lab.model, count: desk.parameters.integer(count)))
  }
}

extension TrajectoryFigure: DrawnFigure {
  package static let name = "trajectories"
  package static let abstract = "Draws the paths of particles from noise to data, coloured by time."
  package static let discussion =
    "Example: difflab draw trajectories mixture:ring8 -o trajectories.svg --sampler ddim"
  package static let showsChain = true
  private static let paths = Parameter.integer("paths", in: 1...1000, default: 40, "How many paths.")
  package static let parameters = [paths]

  package static func make(at desk: some FigureDesk) throws -> TrajectoryFigure {
    let paths = desk.parameters.integer(paths)
    let lab = try desk.lab()
    // More particles than paths: the figure prefers those that stay in the window.
    let drawn = lab.trajectories(try desk.trajectory(of: lab.model, count: 3 * paths), paths: paths)
    if drawn.drawnPaths < paths {
      desk.warn(
        "\(drawn.drawnPaths) of \(paths) paths are drawn, the first that stay in the window: such long ones hide each "
          + "other; a sampler that adds no noise, such as ddim, has room for more")
    }
    return drawn
  }
}
