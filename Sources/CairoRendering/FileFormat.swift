import PointClouds

/// A format that a figure can be written in.
public enum FileFormat: String, Sendable, CaseIterable {
  /// Vectors for the web and for editing.
  case svg
  /// Pixels for slides.
  case png
  /// Vectors for papers.
  case pdf

  /// The format named by the ending of a path, in upper or lower case; SVG for a pipe or `/dev/stdout` without such an
  /// ending.
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
