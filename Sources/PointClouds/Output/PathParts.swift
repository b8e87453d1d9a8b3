// Paths are split by bytes, not characters: a slash and a combining mark after it form one character.
extension String {
  /// The folder part of a path; empty if there is none.
  var parentFolder: String {
    guard let slash = utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    let folder = String(self[..<slash])
    return folder.isEmpty ? "/" : folder
  }

  /// The part of a path after the last slash.
  var lastPart: String {
    guard let slash = utf8.lastIndex(of: UInt8(ascii: "/")) else { return self }
    return String(self[utf8.index(after: slash)...])
  }

  /// The path of `part` in this folder.
  func appending(part: String) -> String {
    isEmpty ? part : utf8.last == UInt8(ascii: "/") ? self + part : self + "/" + part
  }

  /// Whether a path can only name a folder.
  var namesFolder: Bool { ["", ".", ".."].contains(lastPart) }
}
