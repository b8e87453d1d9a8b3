#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A report that can be written as JSON.
public protocol JSONReport: Encodable {}

extension Array: JSONReport where Element: JSONReport {}

extension JSONReport {
  /// The report as JSON with sorted keys. JSON has only finite numbers; others are the texts "inf", "-inf" and "nan".
  /// - Throws: the errors of the report's encoding.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
