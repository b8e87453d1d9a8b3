/// A process that stands beside its levels. Equality is theirs to decide: two that carry processes of one name are
/// equal here.
package struct CarriedProcess: Sendable, Hashable {
  /// The process, if there is one.
  package let process: (any ContinuousProcess)?

  /// Carries a process, or says that there is none.
  package init(_ process: (any ContinuousProcess)?) { self.process = process }

  package static func == (one: CarriedProcess, other: CarriedProcess) -> Bool {
    one.process?.name == other.process?.name
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(process?.name) }
}
