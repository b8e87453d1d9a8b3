import ArgumentParser
import DiffusionLab

/// Draws one figure.
struct DrawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draw", abstract: "Draws one figure as SVG, PNG or PDF.",
    discussion: "Example: difflab draw trajectories moons.safetensors -o trajectories.svg",
    subcommands: [
      DrawDataset.self, DrawForward.self, DrawReverse.self, DrawTrajectories.self, DrawField.self,
      DrawLoss.self, DrawSchedule.self, DrawBound.self, DrawErrors.self, DrawParameterizations.self,
      DrawSamplers.self, DrawPaths.self, DrawDensity.self, DrawReflected.self,
      DrawCopies.self,
    ])
}
