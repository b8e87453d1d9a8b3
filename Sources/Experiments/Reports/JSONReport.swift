#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Something measured that can be handed to other programs.
package protocol JSONReport: Encodable {}

extension Array: JSONReport where Element: JSONReport {}

extension JSONReport {
  /// The report as JSON with sorted keys. JSON has only finite numbers; others are the texts "inf", "-inf" and "nan".
  /// - Throws: what the report's own encoding throws.
  package func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
