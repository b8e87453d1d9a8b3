/// What a figure is drawn on: a size, the size of its text, and colours.
///
/// Figures are laid out in points at the default text size, ``TextSize``, and the layout is scaled as a whole: with
/// larger text come wider lines, larger dots and wider gaps. Where a page has too little room for a figure at the
/// text size asked for, the text becomes smaller until everything has its place.
package struct Page: Sendable, Hashable {
  /// A width and a height in points.
  package struct Size: Sendable, Hashable {
    package var width, height: Double

    package init(_ width: Double, _ height: Double) {
      precondition(
        width > 0 && height > 0 && width.isFinite && height.isFinite, "a size of \(width) × \(height) points")
      (self.width, self.height) = (width, height)
    }

    /// The size of a page on which nothing else is asked for.
    package static let slide = Size(960, 540)
    /// As high as a slide, 4 : 3.
    package static let standard = Size(slide.height * 4 / 3, slide.height)
    /// As high as a slide, and as wide.
    package static let square = Size(slide.height, slide.height)
  }

  /// The page's size; `nil` for each figure's own.
  package var size: Size?
  /// The size of tick labels and captions in points; all other text keeps its proportion to it.
  package var textSize: Double
  /// The colours.
  package var theme: Theme

  /// A page, by default of each figure's own size.
  /// - Precondition: the text size is positive and finite.
  package init(_ theme: Theme, size: Size? = nil, textSize: Double = TextSize.small) {
    precondition(textSize > 0 && textSize.isFinite, "text of \(textSize) points")
    (self.size, self.textSize, self.theme) = (size, textSize, theme)
  }

  /// The room that a figure has; see ``draw(_:high:least:title:_:)``.
  func room(_ natural: Size = .slide, isHigh: Bool, least: Size) -> Room {
    let given = size ?? natural
    let isOpen = size == nil && isHigh
    let fitting = min(given.width / least.width, isOpen ? .infinity : given.height / least.height)
    let zoom = min(textSize / TextSize.small, fitting)
    return Room(width: given.width / zoom, height: isOpen ? nil : given.height / zoom, zoom: zoom)
  }

  /// A figure with a title.
  /// - Parameters:
  ///   - natural: the figure's size where the page has none.
  ///   - high: the height of a figure that is then as high as its content; in points at the default text size, as
  ///     everything that follows.
  ///   - least: the least room in which everything has its place.
  ///   - content: draws what is below the title.
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

/// The room of a layout: its extent in points at the default text size, the height open where it is that of the
/// content, and the points of the page for one of the layout.
struct Room: Sendable {
  var width: Double
  var height: Double?
  var zoom: Double
}
