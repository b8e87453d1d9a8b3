#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Gaussian mixtures in JSON files.
package enum MixtureFile {
  /// The mixture of `{"weights": […], "means": [[x, y], …], "covariances": [[[a, b], [b, c]], …]}`.
  ///
  /// Weights need not sum to 1.
  /// - Throws: ``FileError`` if the file cannot be read, is not JSON, lacks a list, or states no mixture: weights
  ///   that are not positive, covariances that are not symmetric and positive definite, lists of different lengths.
  package static func read(_ path: String) throws(FileError) -> GaussianMixture {
    try parse(AtomicFile.read(path), path: path)
  }

  /// The mixture in these bytes of a file.
  static func parse(_ bytes: [UInt8], path: String) throws(FileError) -> GaussianMixture {
    let shape = #"write {"weights": [w, …], "means": [[x, y], …], "covariances": [[[a, b], [b, c]], …]}"#
    func error(_ problem: String, _ remedy: String) -> FileError {
      FileError(path: path, problem: problem, remedy: remedy)
    }
    guard !bytes.allSatisfy({ $0 == 0x20 || (9...13).contains($0) }) else {
      throw error("is empty", shape)
    }
    let kind = FileKind(of: bytes)
    guard kind.isJSON || kind.isPlainText || kind.isUnknown else {
      throw error("is \(kind.name), not a mixture in JSON", kind.remedy)
    }
    do {
      return try JSONDecoder().decode(GaussianMixture.self, from: Data(bytes))
    } catch DecodingError.keyNotFound(let key, _) {
      throw error("has no list \"\(key.stringValue)\"", shape)
    } catch let invalid as InvalidMixture {
      throw error(invalid.problem, "correct that number or that list")
    } catch DecodingError.dataCorrupted {
      throw FileError(
        path: path, line: JSONSyntax.firstFault(in: bytes), problem: "is no valid JSON",
        remedy: "\(shape), with plain finite numbers")
    } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
      throw error("\(Self.place(context)) is not a number or a list where it should be", shape)
    } catch let other {
      throw error("is no mixture (\(other))", shape)
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    let keys = context.codingPath.map { key in
      key.intValue.map { "[\($0)]" } ?? key.stringValue
    }
    return keys.isEmpty ? "the outermost value" : keys.joined()
  }
}
