import ArgumentParser
import DiffusionLab
import Exercises

/// Checks a learner's answer.
struct ExercisesCheck: WritingCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Checks your answer and draws it beside the right one.",
    discussion:
      "Exits with 0 if the answer is right, with 1 if it is not.\n\nExample: difflab exercises check 1")

  @OptionGroup var choice: ExerciseChoice

  @Option(
    name: .shortAndLong,
    help: "The figure to write; .svg, .png or .pdf. (default: exercise-N.svg)")
  var output: String?

  @OptionGroup var figure: FigureOptions
  @OptionGroup var global: GlobalOptions

  /// The file of the figure.
  private var path: String { output ?? "exercise-\(choice.exercise.number).svg" }
  var outputs: [Output] { [.file(path)] }

  func validate() throws {
    if let output { try difflab.check(ending: output, of: ["svg", "png", "pdf"]) }
  }

  func run() throws {
    let exercise = choice.exercise
    let result = exercise.check()
    if let answer = result.figure {
      try figure.write(AnswerComparison(answer), to: path)
      global.console.note("your answer above the right one: \(path)")
    }
    switch result.verdict {
    case .right:
      global.console.result("Exercise \(exercise.number), \(exercise.title): right.")
    case .notDone:
      global.console.result(
        "Exercise \(exercise.number), \(exercise.title): not done yet. Edit \(exercise.stub).")
      throw ExitCode.failure
    case .wrong(let explanation):
      global.console.result(
        "Exercise \(exercise.number), \(exercise.title): not right yet.\n\(explanation)")
      throw ExitCode.failure
    }
  }
}
