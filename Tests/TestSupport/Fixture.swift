#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A reference file of `Tests/TestSupport/Fixtures`, read as a tree.
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

  /// The value at this place.
  package let value: Value
  /// Where it stands, for messages.
  package let path: String

  init(value: Value, path: String) {
    self.value = value
    self.path = path
  }

  /// The fixture file of this name, without its ending.
  package static func load(_ name: String) throws -> Fixture {
    let data = try Data(contentsOf: folder.appending(path: name + ".json"))
    return Fixture(value: try JSONDecoder().decode(Value.self, from: data), path: name)
  }

  /// The folder that holds the fixtures.
  package static var folder: URL {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
  }

  /// The member of this name; a missing one is ``Value/null``.
  package subscript(dynamicMember name: String) -> Fixture { self[name] }

  /// The member of this name; a missing one is ``Value/null``.
  package subscript(name: String) -> Fixture {
    guard case .object(let members) = value else {
      preconditionFailure("\(path) is no object, asked for \(name)")
    }
    return Fixture(value: members[name] ?? .null, path: "\(path).\(name)")
  }

  /// The element at this position.
  package subscript(index: Int) -> Fixture { list[index] }

  /// The elements of a list.
  package var list: [Fixture] {
    guard case .list(let values) = value else { preconditionFailure("\(path) is no list") }
    return values.enumerated().map { Fixture(value: $1, path: "\(path)[\($0)]") }
  }

  /// The members of an object.
  package var members: [String: Fixture] {
    guard case .object(let values) = value else { preconditionFailure("\(path) is no object") }
    return Dictionary(uniqueKeysWithValues: values.map { ($0, Fixture(value: $1, path: "\(path).\($0)")) })
  }

  /// Whether nothing stands here.
  package var isNull: Bool {
    if case .null = value { true } else { false }
  }

  /// The number here.
  package var double: Double {
    guard case .number(let number) = value else { preconditionFailure("\(path) is no number") }
    return number
  }

  /// The whole number here.
  package var int: Int { Int(double) }

  /// The text here.
  package var string: String {
    guard case .text(let text) = value else { preconditionFailure("\(path) is no text") }
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
