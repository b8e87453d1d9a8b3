/// The kind of a file, recognized by its first bytes, for messages about files of the wrong kind.
package struct FileKind: Sendable, Hashable {
  /// The kind as a noun phrase: "a PNG image".
  package let name: String
  /// What makes a readable file of it.
  package let remedy: String
  /// Whether the file is text that may hold points.
  package let isPlainText: Bool

  private init(_ name: String, _ remedy: String, isPlainText: Bool = false) {
    self.name = name
    self.remedy = remedy
    self.isPlainText = isPlainText
  }

  /// The kind of these bytes.
  /// - Complexity: O(1); it looks at the first few kilobytes only.
  package init(of bytes: [UInt8]) {
    self = Self.binary(bytes) ?? Self.text(bytes) ?? Self.unknown
  }

  private static let unpack = "unpack it first"
  private static let points = "export the points as CSV"
  private static let json = FileKind(
    "JSON", "end its name in .json where it states a mixture, or export points as CSV")
  /// Whether it looks like JSON.
  var isJSON: Bool { self == Self.json }
  /// Whether the kind is not recognized.
  package var isUnknown: Bool { self == Self.unknown }

  private static let unknown = FileKind("binary data of no known kind", "check that it is the right file")

  /// The first bytes of known formats.
  private static let signatures: [(start: [UInt8], kind: FileKind)] = [
    (NPYHeader.magic, FileKind("a NumPy array (NPY)", "end its name in .npy where points are wanted")),
    ([0x1F, 0x8B], FileKind("a gzip archive", unpack)),
    (Array("BZh".utf8), FileKind("a bzip2 archive", unpack)),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A], FileKind("an xz archive", unpack)),
    ([0x28, 0xB5, 0x2F, 0xFD], FileKind("a zstd archive", unpack)),
    ([0x37, 0x7A, 0xBC, 0xAF], FileKind("a 7z archive", unpack)),
    ([0x89, 0x50, 0x4E, 0x47], FileKind("a PNG image", "give the numbers, not a picture of them")),
    ([0xFF, 0xD8, 0xFF], FileKind("a JPEG image", "give the numbers, not a picture of them")),
    (Array("GIF8".utf8), FileKind("a GIF image", "give the numbers, not a picture of them")),
    (Array("%PDF-".utf8), FileKind("a PDF document", "give the numbers, not a document")),
    ([0x89, 0x48, 0x44, 0x46], FileKind("an HDF5 file", points)),
    (Array("PAR1".utf8), FileKind("a Parquet file", points)),
    (Array("ARROW1".utf8), FileKind("an Arrow file", points)),
    (Array("MATLAB 5.0".utf8), FileKind("a MATLAB file", points)),
    (Array("SQLite format 3".utf8), FileKind("an SQLite database", points)),
    ([0xD0, 0xCF, 0x11, 0xE0], FileKind("an old Office document", points)),
    (Array("{\\rtf".utf8), FileKind("an RTF document", "save it as plain text")),
    ([0x7F, 0x45, 0x4C, 0x46], FileKind("a program (ELF)", "give a file of data")),
  ]

  private static func binary(_ bytes: [UInt8]) -> FileKind? {
    if bytes.isEmpty { return FileKind("an empty file", "fetch or write the file again") }
    if let known = signatures.first(where: { bytes.starts(with: $0.start) }) { return known.kind }
    if bytes.starts(with: [0x50, 0x4B, 3, 4]) || bytes.starts(with: [0x50, 0x4B, 5, 6]) {
      return zip(bytes)
    }
    // Pickle protocols 2 to 5 begin with 0x80 and their number; no other format here begins with 0x80.
    if bytes.count >= 2, bytes[0] == 0x80, (2...5).contains(bytes[1]) {
      return FileKind(
        "a Python pickle", "save the array with numpy.save, or a model with safetensors.torch.save_file")
    }
    if bytes.count >= 10, bytes[8] == UInt8(ascii: "{"), bytes[9] == UInt8(ascii: "\"") {
      let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << UInt64(8 * $1) }
      if length >= 2, length <= 100_000_000 {
        return FileKind("a safetensors file", "name it where a model is wanted")
      }
    }
    return nil
  }

  /// The kind of a ZIP archive, by the names of its first files.
  private static func zip(_ bytes: [UInt8]) -> FileKind {
    func begins(_ texts: String...) -> Bool {
      let start = bytes.prefix(4096)
      return texts.contains { start.firstRange(of: Array($0.utf8)) != nil }
    }
    if begins("data.pkl", "/version", "/byteorder") {
      return FileKind(
        "a PyTorch file (a ZIP archive with a pickle)",
        "save the tensors with safetensors.torch.save_file")
    }
    if begins(".npy") { return FileKind("a NumPy archive (NPZ)", "end its name in .npz") }
    if begins("[Content_Types].xml", "xl/", "word/", "mimetype") {
      return FileKind("a spreadsheet or document (XLSX, ODS, DOCX)", points)
    }
    return FileKind("a ZIP archive", unpack)
  }

  private static func text(_ bytes: [UInt8]) -> FileKind? {
    var start = bytes.prefix(1024)
    if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
      return FileKind("text in UTF-16", "save it in UTF-8", isPlainText: true)
    }
    if start.starts(with: [0xEF, 0xBB, 0xBF]) { start = start.dropFirst(3) }
    guard !start.contains(where: TextBytes.isControl) else { return nil }
    let text = String(decoding: start.drop { $0 == 0x20 || (9...13).contains($0) }, as: UTF8.self)
    let lower = text.lowercased()
    if lower.isEmpty { return FileKind("a file of blanks", "fetch or write the file again") }
    if lower.hasPrefix("version https://git-lfs") {
      return FileKind("a Git LFS pointer, not the file that it stands for", "fetch that with git lfs pull")
    }
    if ["<!doctype html", "<html", "<head", "<body"].contains(where: lower.hasPrefix) {
      return FileKind("an HTML page", "download the file itself, not the page that shows it")
    }
    if lower.hasPrefix("<svg") || (lower.hasPrefix("<?xml") && lower.contains("<svg")) {
      return FileKind("an SVG image", "give the numbers, not a picture of them")
    }
    if lower.hasPrefix("<?xml") || lower.hasPrefix("<!doctype") { return FileKind("an XML file", points) }
    if lower.hasPrefix("@relation") { return FileKind("an ARFF file", points) }
    if lower.hasPrefix("{") || lower.hasPrefix("[") {
      return json
    }
    let line = text.prefix { !$0.isNewline }
    return FileKind(
      "text that begins with \(String(line).quoted)", "check that it is the right file", isPlainText: true)
  }
}

/// Bytes as text.
enum TextBytes {
  /// Whether the byte is a control character other than tab, line ends and form feed, which occurs in no text.
  static func isControl(_ byte: UInt8) -> Bool {
    (byte < 0x20 && !(9...13).contains(byte)) || byte == 0x7F
  }

  /// The position of the first control character, `nil` if there is none.
  static func firstControl(in bytes: [UInt8]) -> Int? {
    // Test whole blocks first, without a branch per byte.
    let block = 4096
    for start in stride(from: 0, to: bytes.count, by: block) {
      let end = min(start + block, bytes.count)
      var found: UInt8 = 0
      for place in start..<end { found |= isControl(bytes[place]) ? 1 : 0 }
      if found != 0 { return (start..<end).first { isControl(bytes[$0]) } }
    }
    return nil
  }

  /// The text in UTF-8 without its byte order mark, converted from UTF-16 if the mark says so.
  static func inUTF8(_ bytes: [UInt8]) -> [UInt8] {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(bytes.dropFirst(3)) }
    let isLittle = bytes.starts(with: [0xFF, 0xFE])
    guard isLittle || bytes.starts(with: [0xFE, 0xFF]) else { return bytes }
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map { place in
      let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
      return isLittle ? first | second << 8 : first << 8 | second
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// The text of bytes: as UTF-8 if they are valid UTF-8, otherwise as Latin-1, the other encoding of exported
  /// tables.
  static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(validating: bytes, as: UTF8.self)
      ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }

  /// The line, counted from 1, that a position lies in.
  static func line(of place: Int, in bytes: [UInt8]) -> Int {
    var line = 1
    for i in 0..<place where bytes[i] == 0x0A || (bytes[i] == 0x0D && !(bytes[i + 1] == 0x0A)) { line += 1 }
    return line
  }
}
