/// A picture of coloured cells that fills a rectangle of the page: a heat map.
package struct Raster: Sendable, Hashable {
  /// Cells per row, and rows from the top of the page down.
  package var columns, rows: Int
  /// Red, green and blue of each cell, row by row.
  package var pixels: [UInt8]
  /// Where it lies on the page.
  package var frame: Rect

  /// A raster of opaque cells.
  /// - Precondition: `pixels` has three bytes per cell.
  package init(columns: Int, rows: Int, pixels: [UInt8], frame: Rect) {
    precondition(columns > 0 && rows > 0, "a raster of \(columns) × \(rows) cells")
    precondition(
      pixels.count == columns * rows * 3, "\(pixels.count) bytes for \(columns) × \(rows) cells of 3")
    (self.columns, self.rows, self.pixels, self.frame) = (columns, rows, pixels, frame)
  }
}
