import Synchronization
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Marks a suite that reads fixtures. The last of these tests to end fails where the files have a field that no
/// test has read, or where ``Fixture/unread`` lists one that some test reads.
///
/// A run that is filtered compares nothing, for it reads but a part.
package struct ReadsFixtures: SuiteTrait, TestTrait, TestScoping {
  package var isRecursive: Bool { true }

  package func prepare(for test: Test) async throws {
    for case let condition as ConditionTrait in test.traits {
      if try await !condition.evaluate() { return }
    }
    if !test.isSuite { Fixture.expect(test.id) }
  }

  /// Once a test, not once a case.
  package func scopeProvider(for test: Test, testCase: Test.Case?) -> ReadsFixtures? {
    test.isSuite || testCase != nil ? nil : self
  }

  package func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    let outcome: (any Error)?
    do {
      try await function()
      outcome = nil
    } catch {
      outcome = error
    }
    if Fixture.isLast(test.id) && !Self.isFiltered {
      for complaint in try Fixture.complaints() { Issue.record("\(complaint)") }
    }
    if let outcome { throw outcome }
  }

  private static var isFiltered: Bool {
    CommandLine.arguments.contains { $0.hasPrefix("--filter") || $0 == "--skip" || $0.hasPrefix("--skip=") }
  }
}

extension Trait where Self == ReadsFixtures {
  /// The suite reads fixtures.
  package static var fixtures: ReadsFixtures { ReadsFixtures() }
}

extension Fixture {
  private struct Ledger {
    var pending: Set<Test.ID> = []
    var read: Set<String> = []
  }

  private static let ledger = Mutex(Ledger())

  static func expect(_ test: Test.ID) {
    ledger.withLock { _ = $0.pending.insert(test) }
  }

  static func isLast(_ test: Test.ID) -> Bool {
    ledger.withLock {
      $0.pending.remove(test)
      return $0.pending.isEmpty
    }
  }

  /// Notes that a test has read what stands here.
  func note() {
    Self.ledger.withLock { _ = $0.read.insert(field) }
  }

  /// Where the fields of all files, those that tests have read and ``unread`` do not fit together.
  static func complaints() throws -> [String] {
    let read = ledger.withLock { $0.read }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(".json".count)) }
    guard !names.isEmpty else { return ["\(folder.path) has no fixture"] }
    let fields = try names.map { try parse($0).fields }.reduce(into: Set<String>()) { $0.formUnion($1) }
    let exempt = fields.filter { field in unread.contains { $0.matches(field) } }
    return fields.subtracting(read).subtracting(exempt).sorted().map { "no test reads \($0)" }
      + exempt.intersection(read).sorted().map { "\($0) is read, and listed as unread" }
      + unread.filter { rule in isOwnFolder && !fields.contains(where: rule.matches) }
      .map { "\($0.field) is listed as unread, and no file has it" }
  }

  /// The fields at and below this place, by their paths without the numbers of elements.
  private var fields: Set<String> {
    switch value {
    case .object(let members): members.keys.reduce(into: []) { $0.formUnion(self[$1].fields) }
    case .list: list.reduce(into: []) { $0.formUnion($1.fields) }
    default: [field]
    }
  }
}
