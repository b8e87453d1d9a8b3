/// One exercise: a lesson, a file that the learner edits, and a check of what they wrote.
package struct Exercise: Sendable {
  /// Its number, counted from 1.
  package let number: Int
  /// What it is about, in a few words.
  package let title: String
  /// The file that the learner edits, from the package's folder.
  package let stub: String
  /// The text that teaches it: what to write, the formula, a hint, how to check.
  package let lesson: String
  /// Checks what the stub says now.
  package let check: @Sendable () -> CheckResult
  /// Checks the reference solution; the verdict is ``Verdict/right``.
  package let checkSolution: @Sendable () -> CheckResult
}

extension Exercise {
  /// Every exercise in its order. A new one is one folder and one line here.
  package static let all: [Exercise] = [
    forwardProcess,
    posteriorMean,
    ddimStep,
    reverseSDE,
  ]

  /// The exercise of this number, or `nil` where there is none.
  package static func number(_ number: Int) -> Exercise? {
    all.first { $0.number == number }
  }
}
