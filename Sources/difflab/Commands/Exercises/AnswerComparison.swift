import DiffusionLab
import Exercises

/// A learner's answer above the right one, panel by panel.
struct AnswerComparison: Figure {
  private let comparison: ComparisonFigure

  /// The figure of an answer; the window is that of the right one.
  init(_ answer: AnswerFigure) {
    let right = PointCloud(answer.right.flatMap(\.cloud.points))
    func panels(_ name: String, _ strip: [AnswerFigure.Panel]) -> [CloudPanel] {
      strip.map { CloudPanel("\(name), \($0.title)", $0.cloud) }
    }
    comparison = ComparisonFigure(
      panels("yours", answer.yours) + panels("right", answer.right), title: answer.title,
      limits: Limits(of: right), columns: answer.yours.count)
  }

  func draw(on page: Page) -> Drawing { comparison.draw(on: page) }
}
