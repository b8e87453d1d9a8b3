import DiffusionLab

/// What a check found, with a figure of it.
package struct CheckResult: Sendable {
  /// Right, not done, or wrong and why.
  package let verdict: Verdict
  /// The answer beside the right one; `nil` where there is no answer yet.
  package let figure: AnswerFigure?
}

/// What a checker says of an answer.
package enum Verdict: Sendable, Hashable {
  /// The answer agrees with the reference everywhere.
  case right
  /// The stub is as it was.
  case notDone
  /// The answer differs.
  case wrong(Explanation)
}

/// What is wrong with an answer, with one input on which it shows.
package struct Explanation: Sendable, Hashable, CustomStringConvertible {
  /// What was probably done and what should be done.
  package let reason: String
  /// The input, in words and numbers.
  package let input: String
  /// What the answer gives for it.
  package let yours: String
  /// What is right.
  package let right: String

  /// The reason, then the example.
  package var description: String {
    "\(reason)\n  for    \(input)\n  yours  \(yours)\n  right  \(right)"
  }
}

/// What a learner's function makes, above what is right: two strips of the same panels.
package struct AnswerFigure: Sendable, Hashable {
  /// One cloud of a strip.
  package struct Panel: Sendable, Hashable {
    /// What stands above it.
    package let title: String
    /// Its points, all finite.
    package let cloud: PointCloud
  }

  /// What the figure shows.
  package let title: String
  /// The panels of the learner's answer; a title says how many points are off scale and left out.
  package let yours: [Panel]
  /// The panels of the right answer, as many.
  package let right: [Panel]
}

extension AnswerFigure {
  /// Beyond this, a point of a standardized set is off scale.
  private static let scale = 50.0

  /// The figure of two strips whose panels have the same titles.
  init(title: String, panels: [String], yours: [PointCloud], right: [PointCloud]) {
    self.title = title
    self.yours = zip(panels, yours).map(AnswerFigure.panel)
    self.right = zip(panels, right).map(AnswerFigure.panel)
  }

  private static func panel(title: String, cloud: PointCloud) -> Panel {
    // The comparison is false for not-a-number too.
    let kept = cloud.points.filter { $0.x.magnitude <= scale && $0.y.magnitude <= scale }
    let lost = cloud.count - kept.count
    return Panel(title: lost == 0 ? title : "\(title) (\(lost) off scale)", cloud: PointCloud(kept))
  }
}
