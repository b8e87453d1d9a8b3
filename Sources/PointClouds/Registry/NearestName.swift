/// The known name that a misspelled one probably stands for.
package enum NearestName {
  /// The known name that needs the fewest edits; `nil` if every name needs edits of more than half of its letters.
  ///
  /// Case, hyphens and underscores make no difference. Of equally near names it is the first.
  /// - Complexity: O(known names × length²).
  package static func of(_ name: String, in known: [String]) -> String? {
    func plain(_ text: String) -> [Character] {
      text.prefix(64).lowercased().filter { !"-_ ".contains($0) }
    }
    let wanted = plain(name)
    let distances = known.map { (name: $0, edits: edits(wanted, plain($0))) }
    guard let best = distances.min(by: { $0.edits < $1.edits }) else { return nil }
    return 2 * best.edits <= max(wanted.count, best.name.count) ? best.name : nil
  }

  /// The number of letters to insert, delete or replace to turn `b` into `a` (Levenshtein 1966).
  static func edits(_ a: [Character], _ b: [Character]) -> Int {
    var row = Array(0...b.count)
    for i in 0..<a.count {
      var diagonal = row[0]
      row[0] = i + 1
      for j in 0..<b.count {
        let replaced = diagonal + (a[i] == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[b.count]
  }
}
