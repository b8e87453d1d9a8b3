import Foundation

/// The built command, run as a user runs it.
enum CommandLineTool {
  /// What a run left behind.
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  /// The command's path: beside the test bundle, or what `DIFFLAB_TOOL` names, such as a release build.
  static var path: String {
    if let path = ProcessInfo.processInfo.environment["DIFFLAB_TOOL"] { return path }
    let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? CommandLine.arguments[0]
    var folder = URL(filePath: bundle).deletingLastPathComponent()
    // On macOS the bundle is a folder with the runner inside.
    while folder.path().contains(".xctest") { folder.deleteLastPathComponent() }
    return folder.appending(path: "difflab").path()
  }

  /// Runs the command to its end.
  /// - Parameter shell: shell text to run before it in the same process, such as a limit.
  static func run(_ arguments: [String], in folder: String? = nil, shell: String? = nil) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", (shell.map { $0 + "; " } ?? "") + "exec \"$0\" \"$@\"", path] + arguments
    if let folder { process.currentDirectoryURL = URL(filePath: folder) }
    let scratch = try TemporaryFolder()
    let out = scratch.file("out")
    let err = scratch.file("err")
    for path in [out, err] { try Data().write(to: URL(filePath: path)) }
    let handles = try [out, err].map { try FileHandle(forWritingTo: URL(filePath: $0)) }
    defer { for handle in handles { try? handle.close() } }
    process.standardOutput = handles[0]
    process.standardError = handles[1]
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: try String(contentsOfFile: out, encoding: .utf8),
      errors: try String(contentsOfFile: err, encoding: .utf8))
  }
}

/// A run of the command that has begun, whose notes are read as they come.
final class RunningCommand {
  private let process = Process()
  private let errors = Pipe()
  private var unread = ""
  private var said = ""

  /// Starts the command.
  /// - Parameter shell: shell text to run before it in the same process.
  init(_ arguments: [String], in folder: String, shell: String? = nil) throws {
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments =
      ["-c", (shell.map { $0 + "; " } ?? "") + "exec \"$0\" \"$@\"", CommandLineTool.path] + arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
  }

  /// The next line on standard error; `nil` after the last one.
  func nextLine() -> String? {
    while true {
      if let end = unread.firstIndex(of: "\n") {
        let line = String(unread[..<end])
        unread = String(unread[unread.index(after: end)...])
        return line
      }
      let data = errors.fileHandleForReading.availableData
      if data.isEmpty { return nil }
      said += String(decoding: data, as: UTF8.self)
      unread += String(decoding: data, as: UTF8.self)
    }
  }

  /// Waits for a line on standard error that has this text.
  /// - Returns: whether one came before the end.
  @discardableResult
  func waitForLine(with text: String) -> Bool {
    while let line = nextLine() {
      if line.contains(text) { return true }
    }
    return false
  }

  /// Sends signals, one after the other, if the command still runs.
  func send(_ signals: Int32...) {
    for signal in signals where process.isRunning { kill(process.processIdentifier, signal) }
  }

  /// Waits for the end.
  /// - Returns: the exit code, below 0 for a signal, with all of standard error.
  func end() -> (status: Int32, errors: String) {
    while nextLine() != nil {}
    process.waitUntilExit()
    let status = process.terminationStatus
    return (process.terminationReason == .exit ? status : -status, said)
  }
}

/// A folder that goes when the value does.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "difflab-\(UUID().uuidString)").path()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in the folder.
  func file(_ name: String) -> String { path + "/" + name }

  /// Writes a file into the folder and gives its path.
  func write(_ text: String, _ name: String) throws -> String {
    try Data(text.utf8).write(to: URL(filePath: file(name)))
    return file(name)
  }

  /// The bytes of a file in the folder.
  func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(filePath: file(name))) }

  /// The names in the folder.
  var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
}
