import ArgumentParser
import DiffusionLab

/// Draws one figure.
struct DrawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draw", abstract: "Draws one figure as SVG, PNG or PDF.",
    discussion: "Example: difflab draw trajectories moons.safetensors -o trajectories.svg",
    subcommands: DrawnFigures.all.map { command(of: $0) } + [
      DrawForward.self, DrawSchedule.self, DrawBound.self, DrawErrors.self, DrawParameterizations.self,
      DrawSamplers.self, DrawPaths.self, DrawDensity.self, DrawReflected.self,
    ])

  private static func command<Drawn: DrawnFigure>(of figure: Drawn.Type) -> any ParsableCommand.Type {
    DrawFigure<Drawn>.self
  }
}
