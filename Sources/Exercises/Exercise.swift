/// One exercise: a lesson, a file that the learner edits, and a check of the answer.
package struct Exercise: Sendable {
  /// Its number, counted from 1.
  package let number: Int
  /// Its subject, in a few words.
  package let title: String
  /// The path of the file that the learner edits, relative to the package's folder.
  package let stub: String
  /// The text that teaches it: what to write, the formula, a hint, how to check.
  package let lesson: String
  /// Checks the learner's answer in the stub.
  package let check: @Sendable () -> CheckResult
  /// Checks the reference solution; the verdict is ``Verdict/right``.
  package let checkSolution: @Sendable () -> CheckResult
}

extension Exercise {
  /// All exercises in order. A new one is one folder and one line here.
  package static let all: [Exercise] = [
    forwardProcess,
    posteriorMean,
    ddimStep,
    reverseSDE,
  ]

  /// The exercise with this number, or `nil` if there is none.
  package static func number(_ number: Int) -> Exercise? {
    all.first { $0.number == number }
  }
}
