import Exercises

extension CheckResult {
  /// What the checker said, empty where the answer is right or missing.
  var reason: String { explanation?.reason ?? "" }

  /// The explanation of a wrong answer.
  var explanation: Explanation? {
    if case .wrong(let explanation) = verdict { explanation } else { nil }
  }
}
