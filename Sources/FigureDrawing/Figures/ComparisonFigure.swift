import PointClouds

/// Clouds side by side under one window: data beside samples, a learner's answer beside the right one.
public struct ComparisonFigure: Figure {
  /// The clouds with their titles, left to right.
  public var panels: [CloudPanel]
  /// The window of the plane, the same in every panel.
  public var limits: Limits
  /// The line above the panels.
  public var title: String
  /// Panels a row; `nil` for as many as fill rows of at most six evenly.
  public var columns: Int?
  /// Walls to draw in every panel, if any.
  public var walls: DataBox?

  /// The figure of two clouds or more; the window is the last one's where `limits` is `nil`.
  /// - Precondition: there is at least one panel, and `columns`, if given, is at least 1.
  public init(_ panels: [CloudPanel], title: String = "", limits: Limits? = nil, columns: Int? = nil) {
    precondition(!panels.isEmpty, "a comparison of nothing")
    precondition(columns.map { $0 >= 1 } ?? true, "\(columns ?? 0) panels a row")
    self.columns = columns
    self.panels = panels
    self.limits = limits ?? Limits(of: panels[panels.count - 1].cloud)
    self.title = title
  }

  public func draw(theme: Theme) -> Drawing {
    var lettered = panels
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    for i in lettered.indices.prefix(letters.count) where panels.count > 1 {
      lettered[i].title = "(\(letters[i])) " + panels[i].title
    }
    return .panelRow(lettered, title: title, limits: limits, columns: columns, walls: walls, theme: theme)
  }
}
