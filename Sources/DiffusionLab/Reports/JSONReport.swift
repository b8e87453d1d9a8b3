#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Something measured that can be handed to other programs.
public protocol JSONReport: Encodable {}

extension JSONReport {
  /// The report as JSON with sorted keys.
  /// - Throws: `EncodingError` where a number is not finite.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
