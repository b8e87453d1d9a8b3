import PointClouds

/// Why a drawing could not become a file.
package enum RenderingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The path's ending names no format that can be written; `known` are those that can.
  case unknownEnding(path: String, known: [String])
  /// The picture would have more pixels than can be handled.
  case tooLarge(width: Double, height: Double)
  /// Cairo or libpng gave up, with its own words.
  case failed(path: String, reason: String)
  /// The file could not be written.
  case file(FileError)

  /// What was wrong and what to do.
  package var description: String {
    switch self {
    case .unknownEnding(let path, let known):
      "\(path): the ending names no known format; end it with \(known.joined(separator: ", "))"
    case .tooLarge(let width, let height):
      "a picture of \(width) × \(height) pixels is too large; choose a smaller scale"
    case .failed(let path, let reason):
      "\(path): the drawing could not be rendered (\(reason)); try a smaller scale or another format"
    case .file(let error): error.description
    }
  }
}
