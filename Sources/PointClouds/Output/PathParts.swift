// Bytes and not characters: a combining mark behind a slash makes one character with it.
extension String {
  /// The folder part of a path, empty where there is none.
  var parentFolder: String {
    guard let slash = utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    let folder = String(self[..<slash])
    return folder.isEmpty ? "/" : folder
  }

  /// What follows the last slash of a path.
  var lastPart: String {
    guard let slash = utf8.lastIndex(of: UInt8(ascii: "/")) else { return self }
    return String(self[utf8.index(after: slash)...])
  }

  /// The path of something in this folder.
  func appending(part: String) -> String {
    isEmpty ? part : utf8.last == UInt8(ascii: "/") ? self + part : self + "/" + part
  }

  /// Whether a path can only name a folder.
  var namesFolder: Bool { ["", ".", ".."].contains(lastPart) }
}
