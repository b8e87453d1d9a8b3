/// A value that nobody should give, or a valid one at the edge of what makes sense.
struct HostileValue {
  let text: String

  /// The values for one argument.
  /// - Parameter ending: the file ending that the argument's valid value has, if it is a file.
  static func list(for argument: ToolDescription.Argument, ending: String?) -> [HostileValue] {
    let names = argument.listedValues
    // A list where one is wanted, and one with a wrong entry.
    let pairs = names.count > 1 ? [names[0] + "," + names[1], names[0] + ",x", names[0].uppercased()] : []
    let files = ending.map { ending in fileNames.map { $0 + ending } } ?? []
    return (numbers + texts + paths + names + pairs + files).map(HostileValue.init)
  }

  static let numbers = [
    "-1", "0", "1", "2", "3", "7", "0.5", "1.5", "0.999999", "1e-9", "1e308", "-1e308", "1e-308", "1e-320",
    "-0.0", "nan", "inf", "-inf", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
    "18446744073709551615", "4294967296", "1e400", "0x10", "1_000", "1,2", "1,,2", "1,5,10", "3,2,1", "1e3",
    "٣", "16x1", "1x1", "0x0", "16x1x1", "99999x99999", "16x-1", "+4", " 4", "4 ",
  ]

  static let texts = [
    "", " ", ",", "--", "-", "x", "☃", "e\u{301}", "\u{1b}[2J", "\n", "a\nb", "\t", "a|b", "<script>", "%s%n",
    "all", "none", "best", String(repeating: "a", count: 10_000), String(repeating: "1", count: 10_000),
    String(repeating: "1,", count: 5_000) + "1", "mixture:", "mixture:moons", "mixture:d.csv",
    "mixture:ring8",
    "moons", "'", "\"", "$HOME", "*", "~",
  ]

  /// The working folder has all of these; `..` three times ends inside the folder of the attack.
  static let paths = [
    "../../../etc/passwd", "/dev/null", "/dev/full", "/dev/zero", "/dev/stdin", "/dev/stdout", "folder", ".",
    "/", "fifo", "nowhere/x", "afile/x", "d.csv", "k.safetensors", "gone", "loop", "text.json",
  ]

  /// Stems to which the right ending is added, so that the attack passes the check of the ending.
  static let fileNames = [
    "", "☃", "folder", "fifo", "null", "full", "zero", "nowhere/x", "afile/x", "gone", "loop", "locked/x",
    "../../../etc/passwd", "-", "a\nb", "\u{1b}[2J", "a|b", "empty", "noise",
    String(repeating: "a", count: 245),
    String(repeating: "a", count: 300), String(repeating: "a/", count: 3_000) + "x",
  ]

  /// The endings under which every special file exists in the working folder.
  static let endings = [".csv", ".npy", ".json", ".svg", ".png", ".pdf", ".gif", ".md", ".safetensors"]
}
