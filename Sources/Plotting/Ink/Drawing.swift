/// A figure as data: what is drawn, in order, on a page of a given size.
///
/// A pure value without a renderer: compared, hashed and turned into ink elsewhere.
public struct Drawing: Sendable, Hashable {
  /// One thing on the page.
  package indirect enum Item: Sendable, Hashable {
    /// Filled or stroked outlines.
    case shape(Shape)
    /// A cloud of dots.
    case points(PointLayer)
    /// Paths whose colour changes along the way.
    case lines(LineLayer)
    /// A heat map.
    case raster(Raster)
    /// A line of text.
    case label(Label)
    /// Items of which only the part inside the rectangle shows.
    case clip(Rect, [Item])
  }

  /// The page's size in points.
  public var width, height: Double
  /// The page's colour; `nil` if transparent.
  package var background: Color?
  /// What is drawn, first things lowest.
  package var items: [Item]

  /// An empty page.
  /// - Precondition: the size is positive and finite.
  package init(width: Double, height: Double, background: Color?, items: [Item] = []) {
    precondition(
      width > 0 && height > 0 && width.isFinite && height.isFinite, "a page of \(width) × \(height) points")
    (self.width, self.height, self.background, self.items) = (width, height, background, items)
  }

  /// All items, with clip groups replaced by their contents.
  package var flattened: [Item] {
    func flat(_ items: [Item]) -> [Item] {
      items.flatMap { item in
        if case .clip(_, let inner) = item { flat(inner) } else { [item] }
      }
    }
    return flat(items)
  }
}
