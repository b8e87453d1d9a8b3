import Plotting
import PointClouds

/// Clouds side by side under one window: data beside samples, a learner's answer beside the right one.
public struct ComparisonFigure: Figure {
  /// The clouds with their titles, left to right.
  package var panels: [CloudPanel]
  /// The window of the plane, the same in every panel.
  package var limits: Limits
  /// The title above the panels.
  package var title: String
  /// Panels per row; `nil` lets the page decide.
  package var columns: Int?
  /// Walls to draw in every panel, if any.
  package var walls: DataBox?

  /// The figure of some clouds; if `limits` is `nil`, the window is that of the last cloud.
  /// - Precondition: there is at least one panel, and `columns`, if given, is at least 1.
  public init(_ panels: [CloudPanel], title: String = "", limits: Limits? = nil, columns: Int? = nil) {
    precondition(!panels.isEmpty, "a comparison of nothing")
    precondition(columns.map { $0 >= 1 } ?? true, "\(columns ?? 0) panels a row")
    (self.columns, self.panels) = (columns, panels)
    self.limits = limits ?? Limits(of: panels[panels.count - 1].cloud)
    self.title = title
  }

  public func draw(on page: Page) -> Drawing {
    var lettered = panels
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    for i in lettered.indices.prefix(letters.count) where panels.count > 1 {
      lettered[i].title = "(\(letters[i])) " + panels[i].title
    }
    return page.draw(lettered, title: title, limits: limits, columns: columns, walls: walls)
  }
}
