import ArgumentParser

/// The exercises: their list, their lessons, and the checks.
struct ExercisesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exercises",
    abstract: "Lists, shows and checks the exercises; the checker explains what is wrong.",
    discussion: "Example: difflab exercises show 1",
    subcommands: [ExercisesList.self, ExercisesShow.self, ExercisesCheck.self],
    defaultSubcommand: ExercisesList.self)
}
