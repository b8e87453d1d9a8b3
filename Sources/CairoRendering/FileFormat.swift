import PointClouds

/// A format that a figure can be written in.
package enum FileFormat: String, Sendable, CaseIterable {
  /// Vectors for the web and for editing.
  case svg
  /// Pixels for slides.
  case png
  /// Vectors for papers.
  case pdf

  /// The format that a path's ending names, whatever its case; SVG of a pipe or of `/dev/stdout`, whose ending names
  /// none.
  /// - Throws: ``RenderingError/unknownEnding(path:known:)``, which lists the formats.
  package init(path: String) throws(RenderingError) {
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 1, let format = FileFormat(rawValue: parts[parts.count - 1].lowercased()) else {
      if OutputPlace.isStream(path) {
        self = .svg
        return
      }
      throw .unknownEnding(path: path, known: Self.allCases.map { "." + $0.rawValue })
    }
    self = format
  }
}
