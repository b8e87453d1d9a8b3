import ArgumentParser
import DiffusionLab
import Exercises

/// Lists the exercises.
struct ExercisesList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the exercises and how far you are.",
    discussion: "Example: difflab exercises list")

  @OptionGroup var global: GlobalOptions

  func run() {
    for exercise in Exercise.all {
      let state =
        switch exercise.check().verdict {
        case .right: "✓ right"
        case .notDone: "· to do"
        case .wrong: "✗ not right yet"
        }
      global.console.result("\(exercise.number)  \(state.padded(to: 16))  \(exercise.title)")
    }
  }
}
