import ArgumentParser

/// The command line of the lab; every subcommand has a file of its own.
@main
struct Difflab: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "difflab",
    abstract: "A laboratory of diffusion models in the plane: data, training, samples, scores, figures.",
    discussion: "Example: difflab lab swissroll",
    version: "0.1.0",
    subcommands: [
      LabCommand.self, DatasetsCommand.self, TrainCommand.self, SampleCommand.self, SamplersCommand.self,
      ScoreCommand.self, QualityCommand.self, CompareCommand.self, EvaluateCommand.self, BoundCommand.self,
      CombinationsCommand.self, LikelihoodCommand.self, ReproduceCommand.self,
      DrawCommand.self, AnimateCommand.self, FiguresCommand.self, BenchCommand.self, ExercisesCommand.self,
    ])

  /// Parses the arguments, looks at the outputs before any work, and runs the command.
  static func main() {
    CommandEnd.prepare()
    do {
      var command = try parseAsRoot()
      if let writer = command as? any WritingCommand { try writer.checkOutputs() }
      try command.run()
    } catch {
      CommandEnd.end(error)
    }
  }
}
