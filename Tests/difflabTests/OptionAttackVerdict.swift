import Foundation

/// What was wrong with a run, if anything.
enum AttackVerdict {
  /// The first thing that an attack must never bring about; `nil` for a run as it should be.
  static func fault(
    of outcome: AttackSandbox.Outcome, arguments: [String], in folder: String
  ) -> String? {
    switch outcome.ending {
    case .signal(let number): return "ended by signal \(number)"
    case .timeLimit(let progress): return progress ? "time limit, with progress" : "hang"
    case .exit(let status) where status >= 128: return "exit \(status)"
    case .exit(0): break
    case .exit(let status):
      if outcome.errors.isEmpty && outcome.output.isEmpty { return "exit \(status) without a word" }
    }
    if let partial = outcome.files.first(where: { $0.hasSuffix(".partial") }) {
      return "left \(partial.suffix(60))"
    }
    guard outcome.ending == .exit(0) else { return nil }
    if let token = nonFinite(in: outcome.output, but: arguments) { return "printed \(token)" }
    for file in outcome.files {
      guard let data = try? Data(contentsOf: URL(filePath: folder + "/" + file)) else { continue }
      if file.hasSuffix(".npy") {
        if npyHasNonFinite(data) { return "wrote a number that is not finite to .npy" }
      } else if [".csv", ".json", ".svg", ".md"].contains(where: file.hasSuffix) {
        let text = String(decoding: data, as: UTF8.self)
        if let token = nonFinite(in: text, but: arguments) { return "wrote \(token) to a \(file.suffix(4))" }
      }
    }
    return nil
  }

  /// The first NaN or infinity that stands as a number in a text.
  /// - Parameter arguments: words that the text may repeat, such as a file called `nan`.
  static func nonFinite(in text: String, but arguments: [String]) -> String? {
    let bytes = Array(text.utf8)
    func isWord(_ byte: UInt8) -> Bool {
      (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte & 0xdf) || byte == 0x5f || byte >= 0x80
    }
    var start = 0
    while start < bytes.count {
      guard isWord(bytes[start]) else {
        start += 1
        continue
      }
      var end = start
      while end < bytes.count, isWord(bytes[end]) { end += 1 }
      if end - start == 3 || end - start == 8 {
        let word = String(decoding: bytes[start..<end], as: UTF8.self).lowercased()
        let isNumber = ["nan", "inf", "infinity"].contains(word)
        if isNumber, !arguments.contains(where: { $0.lowercased().contains(word) }) {
          let around = bytes[max(0, start - 20)..<min(bytes.count, end + 20)]
          return "\(word) (…\(String(decoding: around, as: UTF8.self))…)"
        }
      }
      start = end
    }
    return nil
  }

  /// Whether a NumPy array of 32- or 64-bit floating point holds a NaN or an infinity.
  static func npyHasNonFinite(_ data: Data) -> Bool {
    guard data.count > 10 else { return false }
    let bytes = [UInt8](data)
    let body = 10 + Int(bytes[8]) + Int(bytes[9]) << 8
    guard body <= bytes.count else { return false }
    let header = String(decoding: bytes[10..<body], as: UTF8.self)
    return bytes.withUnsafeBytes { raw in
      if header.contains("<f4") {
        return stride(from: body, to: bytes.count - 3, by: 4).contains {
          !Float(bitPattern: raw.loadUnaligned(fromByteOffset: $0, as: UInt32.self)).isFinite
        }
      }
      return header.contains("<f8")
        && stride(from: body, to: bytes.count - 7, by: 8).contains {
          !Double(bitPattern: raw.loadUnaligned(fromByteOffset: $0, as: UInt64.self)).isFinite
        }
    }
  }
}
