import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A reference file of ``folder``, read as a tree.
@dynamicMemberLookup
package struct Fixture: Sendable {
  /// What stands at this place of the tree.
  package indirect enum Value: Sendable, Decodable {
    case number(Double)
    case text(String)
    case flag(Bool)
    case list([Value])
    case object([String: Value])
    case null

    package init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let flag = try? container.decode(Bool.self) {
        self = .flag(flag)
      } else if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else if let text = try? container.decode(String.self) {
        self = .text(text)
      } else if let list = try? container.decode([Value].self) {
        self = .list(list)
      } else {
        self = .object(try container.decode([String: Value].self))
      }
    }
  }

  let value: Value
  /// Where it stands, for messages.
  package let path: String
  /// The path without the numbers of elements, one for all elements of a list.
  let field: String

  /// The fixture file of this name, without its ending.
  ///
  /// The test's suite has the trait `.fixtures`, which counts what is read.
  package static func load(_ name: String) throws -> Fixture {
    if let test = Test.current, !test.traits.contains(where: { $0 is ReadsFixtures }) {
      throw Unmarked(test: test.name)
    }
    return try parse(name)
  }

  private struct Unmarked: Error, CustomStringConvertible {
    let test: String
    var description: String { "the suite of \(test) reads a fixture and lacks the trait .fixtures" }
  }

  static func parse(_ name: String) throws -> Fixture {
    let data = try Data(contentsOf: folder.appending(path: name + ".json"))
    return Fixture(value: try JSONDecoder().decode(Value.self, from: data), path: name, field: name)
  }

  /// The folder that holds the fixtures: `Fixtures` beside this file, or the one that `DIFFLAB_FIXTURES` names.
  package static var folder: URL {
    otherFolder.map { URL(filePath: $0) }
      ?? URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
  }

  /// Whether the fixtures are the project's own: another folder may have other mixtures under the same names.
  package static var isOwnFolder: Bool { otherFolder == nil }

  private static var otherFolder: String? { ProcessInfo.processInfo.environment["DIFFLAB_FIXTURES"] }

  /// The member of this name; a missing one is ``Value/null``.
  package subscript(dynamicMember name: String) -> Fixture { self[name] }

  /// The member of this name; a missing one is ``Value/null``.
  package subscript(name: String) -> Fixture {
    guard case .object(let members) = value else {
      preconditionFailure("\(path) is no object, asked for \(name)")
    }
    return Fixture(value: members[name] ?? .null, path: "\(path).\(name)", field: "\(field).\(name)")
  }

  /// The element at this position.
  package subscript(index: Int) -> Fixture { list[index] }

  /// The elements of a list.
  package var list: [Fixture] {
    guard case .list(let values) = value else { preconditionFailure("\(path) is no list") }
    let field = field + "[]"
    return values.enumerated().map { Fixture(value: $1, path: "\(path)[\($0)]", field: field) }
  }

  /// The members of an object.
  package var members: [String: Fixture] {
    guard case .object(let values) = value else { preconditionFailure("\(path) is no object") }
    return Dictionary(uniqueKeysWithValues: values.keys.map { ($0, self[$0]) })
  }

  /// Whether nothing stands here.
  package var isNull: Bool {
    guard case .null = value else { return false }
    note()
    return true
  }

  /// The truth value here.
  package var bool: Bool {
    guard case .flag(let flag) = value else { preconditionFailure("\(path) is no truth value") }
    note()
    return flag
  }

  /// The number here.
  package var double: Double {
    guard case .number(let number) = value else { preconditionFailure("\(path) is no number") }
    note()
    return number
  }

  /// The whole number here.
  package var int: Int { Int(double) }

  /// The text here.
  package var string: String {
    guard case .text(let text) = value else { preconditionFailure("\(path) is no text") }
    note()
    return text
  }

  /// The numbers of a list.
  package var doubles: [Double] { list.map(\.double) }

  /// The point `[x, y]` here.
  package var point: SIMD2<Double> { SIMD2(self[0].double, self[1].double) }

  /// The points `[[x, y], …]` here.
  package var points: [SIMD2<Double>] { list.map(\.point) }

  /// The tolerance that the file states for Double, absolute or relative, whichever is looser.
  package var tolerance: Double { self._meta.suggested_tolerance_float64.double }
}

/// Whether `value` is within `tolerance` of `reference`, absolutely or relatively, whichever is looser.
package func isClose(_ value: Double, _ reference: Double, _ tolerance: Double) -> Bool {
  if value == reference { return true }
  return abs(value - reference) <= tolerance * max(1, abs(reference))
}

/// Whether both coordinates are within `tolerance` of the reference.
package func isClose(_ value: SIMD2<Double>, _ reference: SIMD2<Double>, _ tolerance: Double) -> Bool {
  isClose(value.x, reference.x, tolerance) && isClose(value.y, reference.y, tolerance)
}
