/// Something that can be drawn: plain data with a way to lay them out.
public protocol Figure: Sendable {
  /// The figure as a display list, on a page of any size.
  func draw(on page: Page) -> Drawing
}

extension Figure {
  /// The figure in its own size in the colours of a theme.
  public func draw(theme: Theme) -> Drawing { draw(on: Page(theme)) }
}
