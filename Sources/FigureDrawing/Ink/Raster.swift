/// A picture of coloured cells that fills a rectangle of the page: a heat map.
public struct Raster: Sendable, Hashable {
  /// Cells a row.
  public var columns: Int
  /// Rows, from the top of the page down.
  public var rows: Int
  /// Red, green and blue of each cell, row by row.
  public var pixels: [UInt8]
  /// Where it lies on the page.
  public var frame: Rect

  /// A raster of opaque cells.
  /// - Precondition: `pixels` has three bytes a cell.
  public init(columns: Int, rows: Int, pixels: [UInt8], frame: Rect) {
    precondition(columns > 0 && rows > 0, "a raster of \(columns) × \(rows) cells")
    precondition(
      pixels.count == columns * rows * 3, "\(pixels.count) bytes for \(columns) × \(rows) cells of 3")
    self.columns = columns
    self.rows = rows
    self.pixels = pixels
    self.frame = frame
  }
}
