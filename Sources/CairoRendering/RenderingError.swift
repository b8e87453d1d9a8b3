import PointClouds

/// The reason why a drawing could not be written.
public enum RenderingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The ending of the path names no known format; `known` lists the known endings.
  case unknownEnding(path: String, known: [String])
  /// The picture would have too many pixels.
  case tooLarge(width: Double, height: Double)
  /// Cairo or libpng failed, with its own message.
  case failed(path: String, reason: String)
  /// The file could not be written.
  case file(FileError)

  /// What is wrong and what to do.
  public var description: String {
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
