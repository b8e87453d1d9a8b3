/// Square panels of one size in rows, as large as the page allows.
package struct PanelGrid {
  /// Margins of the grid and gaps between its panels, in points at the default text size.
  package struct Spacing {
    /// From the page's edge to the outer panels, and from panel to panel.
    package var edge = 18.0, gap = 14.0
    /// Where the first row starts, and what is left below the last one.
    package var top = Sheet.titleBand - 2, bottom = 10.0
    /// The heights that a row has above and below its panels.
    package var header = 30.0, footer = 8.0
    /// The width that a row has right of its panels.
    package var beside = 0.0
    /// The smallest legible panel, and the smallest one that a free choice of columns gives.
    package var smallest = 100.0, least = 130.0
    /// The height of a slide less that of its largest panel.
    package var reserve = 100.0

    package init() {}
  }

  /// The side of each panel.
  package let side: Double
  private let (count, columns): (Int, Int)
  private let spacing: Spacing
  private let page: Page
  private let room: Room

  /// The grid of `count` panels on a page.
  /// - Parameter columns: panels per row. If `nil`, rows are filled evenly; on a page of a given size, panels are as
  ///   large as possible.
  package init(_ count: Int, columns: Int? = nil, spacing: Spacing = Spacing(), on page: Page) {
    precondition(count >= 1, "a grid of \(count) panels")
    let grids = (1...count).map { PanelGrid(count, fixed: $0, spacing, page) }
    if let columns {
      self = PanelGrid(count, fixed: columns, spacing, page)
    } else if page.size == nil {
      let most = grids.last { $0.side >= spacing.least }?.columns ?? 1
      self = grids[Self.rows(count, Self.rows(count, most)) - 1]
    } else {
      self = grids.max { $0.side * $0.room.zoom < $1.side * $1.room.zoom } ?? grids[0]
    }
  }

  private init(_ count: Int, fixed columns: Int, _ spacing: Spacing, _ page: Page) {
    let (rows, gaps) = (Double(Self.rows(count, columns)), spacing.gap * Double(columns - 1))
    let aside = 2 * spacing.edge + spacing.beside + gaps
    let around = spacing.header + spacing.footer
    let ends = spacing.top + spacing.bottom
    room = page.room(
      isHigh: true,
      least: Page.Size(aside + spacing.smallest * Double(columns), ends + rows * (around + spacing.smallest)))
    side = min(
      (room.width - aside) / Double(columns),
      room.height.map { ($0 - ends) / rows - around } ?? Page.Size.slide.height / room.zoom - spacing.reserve)
    (self.count, self.columns, self.spacing, self.page) = (count, columns, spacing, page)
  }

  private static func rows(_ count: Int, _ columns: Int) -> Int { (count + columns - 1) / columns }

  /// The width of the page in points at the default text size.
  package var width: Double { room.width }

  private var row: Double { spacing.header + side + spacing.footer }
  private var height: Double {
    spacing.top + Double(Self.rows(count, columns)) * row + spacing.bottom
  }

  /// The frames of the panels, row by row, centred on a page of a given height.
  package var frames: [Rect] {
    let used = side * Double(columns) + spacing.gap * Double(columns - 1) + spacing.beside
    let above = room.height.map { max(0, ($0 - height) / 2) } ?? 0
    return (0..<count).map { i in
      Rect(
        x: (room.width - used) / 2 + Double(i % columns) * (side + spacing.gap),
        y: spacing.top + Double(i / columns) * row + spacing.header + above, width: side, height: side)
    }
  }

  /// Draws the contents of the panels; the page is as high as the grid unless it has a size.
  package func draw(title: String, _ content: (inout Sheet) -> Void) -> Drawing {
    page.draw(in: room, high: height, title: title, content)
  }
}
