import ArgumentParser
import DiffusionLab
import Exercises

/// Prints the lesson of an exercise.
struct ExercisesShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Prints the lesson of an exercise.",
    discussion: "Example: difflab exercises show 1")

  @OptionGroup var choice: ExerciseChoice
  @OptionGroup var global: GlobalOptions

  func run() {
    global.console.result(choice.exercise.lesson)
  }
}
