/// An optional process as a `Hashable` property: processes are compared by name alone, since the levels that are
/// stored beside them decide equality.
package struct CarriedProcess: Sendable, Hashable {
  package let process: (any ContinuousProcess)?

  package init(_ process: (any ContinuousProcess)?) { self.process = process }

  package static func == (one: CarriedProcess, other: CarriedProcess) -> Bool {
    one.process?.name == other.process?.name
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(process?.name) }
}
