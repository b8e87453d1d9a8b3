import ArgumentParser

/// Whole numbers with commas, as "5,10,20".
struct StepList {
  /// The numbers, ascending.
  let values: [Int]

  init(_ values: [Int]) { self.values = values }

  init(_ text: String) throws {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let values = parts.compactMap { Int($0.filter { $0 != " " }) }
    guard values.count == parts.count, values.allSatisfy({ (1...100_000).contains($0) }) else {
      throw ValidationError("give whole numbers from 1 to 100000 with commas, such as 5,10,20.")
    }
    self.values = Set(values).sorted()
  }
}
