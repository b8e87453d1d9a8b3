import Plotting
import PointClouds

/// Writes display lists as files.
public enum Rendering {
  /// Writes a drawing to `path` in the format of its ending: `.svg`, `.png` or `.pdf`.
  ///
  /// The same drawing gives the same bytes on every run (SVG and PDF with the same version of Cairo). The file
  /// is written under a temporary name and renamed.
  /// - Parameter scale: PNG pixels per point; SVG and PDF ignore it.
  /// - Throws: ``RenderingError``.
  public static func write(_ drawing: Drawing, to path: String, scale: Double = 2) throws(RenderingError) {
    let bytes = try encode(drawing, as: FileFormat(path: path), scale: scale, naming: path)
    do {
      try AtomicFile.write(bytes, to: path)
    } catch {
      throw .file(error)
    }
  }

  /// The bytes of a drawing in a format.
  /// - Parameter scale: PNG pixels per point.
  /// - Throws: ``RenderingError``.
  public static func encode(
    _ drawing: Drawing, as format: FileFormat, scale: Double = 2
  ) throws(RenderingError) -> [UInt8] {
    try encode(drawing, as: format, scale: scale, naming: "figure." + format.rawValue)
  }

  private static func encode(
    _ drawing: Drawing, as format: FileFormat, scale: Double, naming path: String
  ) throws(RenderingError) -> [UInt8] {
    do throws(RenderFailure) {
      switch format {
      case .svg: return try VectorSurface.bytes(of: drawing, kind: .svg)
      case .pdf: return try VectorSurface.bytes(of: drawing, kind: .pdf)
      case .png: return try PixelImage(drawing, scale: scale).png(pixelsPerPoint: scale)
      }
    } catch {
      throw error.named(path)
    }
  }
}

/// An error while drawing, before the path of the file is known.
enum RenderFailure: Error {
  case file(FileError)
  case reason(String)
  case tooLarge(width: Double, height: Double)

  func named(_ path: String) -> RenderingError {
    switch self {
    case .file(let error): .file(error)
    case .reason(let reason): .failed(path: path, reason: reason)
    case .tooLarge(let width, let height): .tooLarge(width: width, height: height)
    }
  }
}
