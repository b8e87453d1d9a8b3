import ArgumentParser
import DiffusionLab
import Exercises

/// The exercises: their list, their lessons, and the checks.
struct ExercisesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exercises", abstract: "Exercises with a checker that says what is wrong and why.",
    discussion: "Example: difflab exercises show 1", subcommands: [List.self, Show.self, Check.self],
    defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists the exercises and how far you are.", discussion: "Example: difflab exercises list")

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

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints the lesson of an exercise.", discussion: "Example: difflab exercises show 1")

    @OptionGroup var choice: ExerciseChoice
    @OptionGroup var global: GlobalOptions

    func run() throws {
      global.console.result(try choice.exercise().lesson)
    }
  }

  struct Check: WritingCommand {
    static let configuration = CommandConfiguration(
      abstract: "Checks your answer and draws it beside the right one.",
      discussion: "Exit code 0 where it is right, 1 where it is not.\n\nExample: difflab exercises check 1")

    @OptionGroup var choice: ExerciseChoice

    @Option(
      name: .shortAndLong,
      help: "The figure to write; .svg, .png or .pdf. exercise-N.svg where it is left out.")
    var output: String?

    @OptionGroup var figure: FigureOptions
    @OptionGroup var global: GlobalOptions

    /// The file of the figure.
    private var path: String { output ?? "exercise-\(choice.number).svg" }
    var outputs: [Output] { [.file(path)] }

    func validate() throws {
      if let output { try difflab.check(ending: output, of: ["svg", "png", "pdf"]) }
    }

    func run() throws {
      let exercise = try choice.exercise()
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
}

/// Which exercise.
struct ExerciseChoice: ParsableArguments {
  @Argument(help: "The number of the exercise.")
  var number: Int

  /// The exercise.
  /// - Throws: a usage error where no exercise has the number.
  func exercise() throws -> Exercise {
    guard let exercise = Exercise.number(number) else {
      throw ValidationError("there is no exercise \(number); there are 1 to \(Exercise.all.count).")
    }
    return exercise
  }
}
