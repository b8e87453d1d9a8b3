/// Something that can be drawn: plain data with a way to lay them out.
public protocol Figure: Sendable {
  /// The figure as a display list in the colours of a theme.
  func draw(theme: Theme) -> Drawing
}

/// What there is to draw.
public enum FigureCatalogue {
  /// Every kind of figure with one line about it. A new one is one file and one line here.
  public static let entries: [(name: String, summary: String)] = [
    ("dataset", "one cloud of points, its parts coloured"),
    ("trajectories", "paths of the reverse chain from noise to data, coloured by time"),
  ]
}
