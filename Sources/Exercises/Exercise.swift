import DiffusionLab

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
  /// Every exercise in its order. A new one is one folder and one line here.
  package static let all = Registry(
    "exercise",
    [
      forwardProcess,
      posteriorMean,
      ddimStep,
      reverseSDE,
    ]
  ) { "\($0.number)" }
}
