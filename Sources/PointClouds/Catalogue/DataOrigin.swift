/// Where data came from; a checkpoint records it, so that the same data can be recognized later.
public enum DataOrigin: Sendable, Hashable {
  /// A toy distribution with these parameters.
  case toy(name: String, parameters: String)
  /// A mixture from a JSON file, with the hash of its numbers.
  case mixture(path: String, hash: UInt64)
  /// The rows of a file: their fingerprint, and which of them are held out from training.
  case rows(path: String, content: PointsFingerprint, heldOut: HeldOutRows)

  /// Whether both are the same data, wherever their files are.
  package func isSameData(as other: DataOrigin) -> Bool {
    switch (self, other) {
    case (.toy(let a, let x), .toy(let b, let y)): a == b && x == y
    case (.mixture(_, let a), .mixture(_, let b)): a == b
    case (.rows(_, let a, _), .rows(_, let b, _)): a == b
    default: false
    }
  }

  /// The data in a few words, for messages.
  package var summary: String {
    switch self {
    case .toy(let name, _): "the toy \(name.printable)"
    case .mixture(let path, _): "the mixture of \(path.printable)"
    case .rows(let path, let content, _): "\(content.count) rows of \(path.printable)"
    }
  }
}

extension DataOrigin {
  /// The origin of a toy.
  init(_ toy: any ToyDistribution) {
    let parameters = toy.parameters.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
    self = .toy(name: toy.name, parameters: parameters)
  }
}
