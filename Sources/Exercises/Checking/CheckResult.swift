import DiffusionLab

/// The result of a check, with a figure.
package struct CheckResult: Sendable {
  /// Right, not done, or wrong and why.
  package let verdict: Verdict
  /// The answer above the right one; `nil` if there is no answer yet.
  package let figure: AnswerFigure?
}

/// The verdict on an answer.
package enum Verdict: Sendable, Hashable {
  /// The answer agrees with the reference everywhere.
  case right
  /// The stub is unchanged.
  case notDone
  /// The answer differs.
  case wrong(Explanation)
}

/// The reason why an answer is wrong, with an example.
package struct Explanation: Sendable, Hashable, CustomStringConvertible {
  /// What the learner probably did, and the correction.
  package let reason: String
  /// The input, in words and numbers.
  package let input: String
  /// The answer for this input.
  package let yours: String
  /// The right answer for this input.
  package let right: String

  /// The reason, then the example.
  package var description: String {
    "\(reason)\n  for    \(input)\n  yours  \(yours)\n  right  \(right)"
  }
}

/// A figure of a learner's answer above the right one, as two strips of the same panels.
package struct AnswerFigure: Sendable, Hashable {
  /// One cloud of a strip.
  package struct Panel: Sendable, Hashable {
    /// The title above it.
    package let title: String
    /// Its points, all finite.
    package let cloud: PointCloud
  }

  /// What the figure shows.
  package let title: String
  /// The panels of the learner's answer; a title states how many points are off scale and left out.
  package let yours: [Panel]
  /// The panels of the right answer, equally many.
  package let right: [Panel]
}

extension AnswerFigure {
  /// A point of a standardized set is off scale beyond this coordinate.
  private static let scale = 50.0

  /// The figure of two strips whose panels have the same titles.
  init(title: String, panels: [String], yours: [PointCloud], right: [PointCloud]) {
    self.title = title
    self.yours = zip(panels, yours).map(AnswerFigure.panel)
    self.right = zip(panels, right).map(AnswerFigure.panel)
  }

  private static func panel(title: String, cloud: PointCloud) -> Panel {
    // The comparison is false for NaN, too.
    let kept = cloud.points.filter { $0.x.magnitude <= scale && $0.y.magnitude <= scale }
    let lost = cloud.count - kept.count
    return Panel(title: lost == 0 ? title : "\(title) (\(lost) off scale)", cloud: PointCloud(kept))
  }
}
