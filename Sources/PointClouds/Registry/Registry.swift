/// All things of one kind that can be asked for by name, in the order in which lists show them.
///
/// A new thing is one file and one line in its kind's registry; help, documentation and tests read the list.
public struct Registry<Entry: Sendable>: Sendable {
  /// What one entry is, such as "sampler".
  package let kind: String
  private let entries: [Entry]
  /// The names, in the same order.
  public let names: [String]

  /// The registry of these entries.
  /// - Precondition: no two have one name.
  package init(_ kind: String, _ entries: [Entry], name: (Entry) -> String) {
    self.kind = kind
    self.entries = entries
    names = entries.map(name)
    precondition(Set(names).count == names.count, "two of one name among \(names)")
  }

  /// The entry of this name, or `nil` if there is none.
  public func named(_ name: String) -> Entry? {
    names.firstIndex(of: name).map { entries[$0] }
  }

  /// The entry of this name.
  /// - Throws: ``UnknownName`` with the nearest known name.
  public func find(_ name: String) throws(UnknownName) -> Entry {
    guard let entry = named(name) else { throw UnknownName(name, kind: kind, known: names) }
    return entry
  }
}

extension Registry: RandomAccessCollection {
  public var startIndex: Int { entries.startIndex }
  public var endIndex: Int { entries.endIndex }
  public subscript(position: Int) -> Entry { entries[position] }
}

/// A thing that knows the name by which it can be asked for.
package protocol Named: Sendable {
  /// The name on the command line and in files.
  var name: String { get }
}

extension Registry where Entry: Named {
  /// The registry of these entries.
  /// - Precondition: no two have one name.
  package init(_ kind: String, _ entries: [Entry]) { self.init(kind, entries) { $0.name } }
}

/// A name that no entry of a registry has.
public struct UnknownName: Error, Hashable, CustomStringConvertible {
  /// What was asked for.
  package let name: String
  /// What it should have named, such as "sampler".
  package let kind: String
  /// The names that there are.
  package let known: [String]

  package init(_ name: String, kind: String, known: [String]) {
    self.name = name
    self.kind = kind
    self.known = known
  }

  /// What is wrong, and the remedy.
  public var description: String { "no \(kind) has this name. \(remedy)." }

  /// The nearest name, and all that there are.
  package var remedy: String {
    let guess = NearestName.of(name, in: known).map { "Did you mean \($0)? " } ?? ""
    return guess + "Known are \(known.joined(separator: ", "))"
  }
}
