/// What a figure is drawn on: a size, the size of its text, and colours.
///
/// Figures are laid out at the default text size, ``TextSize``, and the layout is scaled as a whole: larger text comes
/// with wider lines, larger dots and wider gaps. If a page is too small for a figure at the given text size, the
/// figure is drawn with smaller text.
public struct Page: Sendable, Hashable {
  /// A width and a height in points.
  public struct Size: Sendable, Hashable {
    package var width, height: Double

    public init(_ width: Double, _ height: Double) {
      precondition(
        width > 0 && height > 0 && width.isFinite && height.isFinite, "a size of \(width) × \(height) points")
      (self.width, self.height) = (width, height)
    }

    /// The default size of wide figures, 16 : 9.
    public static let slide = Size(960, 540)
    /// As high as a slide, 4 : 3.
    public static let standard = Size(slide.height * 4 / 3, slide.height)
    /// As high as a slide, and as wide.
    public static let square = Size(slide.height, slide.height)
  }

  /// The page's size; `nil` for each figure's own.
  package var size: Size?
  /// The size of tick labels and captions in points; all other text scales with it.
  package var textSize: Double
  /// The colours.
  package var theme: Theme

  /// A page, by default of each figure's own size.
  /// - Precondition: the text size is positive and finite.
  public init(_ theme: Theme, size: Size? = nil, textSize: Double = TextSize.small) {
    precondition(textSize > 0 && textSize.isFinite, "text of \(textSize) points")
    (self.size, self.textSize, self.theme) = (size, textSize, theme)
  }

  /// The room for a figure; see ``draw(_:high:least:title:_:)``.
  func room(_ natural: Size = .slide, isHigh: Bool, least: Size) -> Room {
    let given = size ?? natural
    let isOpen = size == nil && isHigh
    let fitting = min(given.width / least.width, isOpen ? .infinity : given.height / least.height)
    let zoom = min(textSize / TextSize.small, fitting)
    return Room(width: given.width / zoom, height: isOpen ? nil : given.height / zoom, zoom: zoom)
  }

  /// A figure with a title.
  /// - Parameters:
  ///   - natural: the figure's own size, for a page without one.
  ///   - high: the height instead of the natural one for a figure as high as its content, in points of the layout.
  ///   - least: the smallest layout in which everything has its place.
  ///   - content: draws everything below the title.
  package func draw(
    _ natural: Size = .slide, high: Double? = nil, least: Size, title: String,
    _ content: (inout Sheet) -> Void
  ) -> Drawing {
    let room = room(natural, isHigh: high != nil, least: least)
    return draw(in: room, high: high ?? 0, title: title, content)
  }

  func draw(in room: Room, high: Double, title: String, _ content: (inout Sheet) -> Void) -> Drawing {
    var sheet = Sheet(width: room.width, height: room.height ?? high, theme: theme)
    if !title.isEmpty { sheet.addTitle(title) }
    content(&sheet)
    let drawing = Drawing(
      width: sheet.width, height: sheet.height, background: theme.background, items: sheet.items)
    return room.zoom == 1 ? drawing : drawing.scaled(by: room.zoom)
  }
}

/// The extent of a layout in points at the default text size, with an open height if the figure is as high as its
/// content, and the scale from the layout to the page.
struct Room: Sendable {
  var width: Double
  var height: Double?
  var zoom: Double
}
