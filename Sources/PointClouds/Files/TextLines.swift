/// The lines of a text file that are not blank, with their numbers.
struct TextLines: RandomAccessCollection {
  /// One line without its end.
  struct Line {
    /// Where it stands in the file, counted from 1.
    let number: Int
    /// Its text.
    let text: String
  }

  private var lines: [Line] = []

  /// Splits bytes at `\n`, `\r\n` or `\r`, after a byte order mark if there is one.
  /// - Throws: ``FileError`` at the first line that is not text.
  init(_ bytes: [UInt8], path: String) throws(FileError) {
    var rest = bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    var number = 0
    while !rest.isEmpty {
      number += 1
      let end = rest.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? rest.endIndex
      let line = rest[..<end]
      guard !line.contains(where: { ($0 < 0x20 && $0 != 0x09) || $0 == 0x7F }),
        let text = String(validating: line, as: UTF8.self)
      else {
        throw FileError(
          path: path, line: number, problem: "is not text",
          remedy: "give a CSV file in UTF-8, or an NPY file whose name ends in .npy")
      }
      if line.contains(where: { $0 != 0x20 && $0 != 0x09 }) {
        lines.append(Line(number: number, text: text))
      }
      rest = rest[end...].dropFirst(rest[end...].starts(with: [0x0D, 0x0A]) ? 2 : 1)
    }
  }

  var startIndex: Int { 0 }
  var endIndex: Int { lines.count }
  subscript(position: Int) -> Line { lines[position] }
}
