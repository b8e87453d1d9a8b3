import Foundation

/// A folder in which one attack after another runs, with hostile files in it, and nothing outside it that
/// the command could harm.
///
/// The working folder lies three levels deep, so that `../../../etc/passwd` is a file of the sandbox. The
/// superuser could replace `/dev/null`; the command therefore runs as nobody where the tests run as root.
final class AttackSandbox {
  /// How a run ended.
  enum Ending: Equatable {
    case exit(Int32)
    case signal(Int32)
    /// Stopped at the time limit; `progress` where its error output still grew in the last third.
    case timeLimit(progress: Bool)
  }

  struct Outcome {
    let ending: Ending
    let output: String
    let errors: String
    /// The files that the run left, as paths below the working folder.
    let files: [String]
    let seconds: Double
  }

  let root: String
  var folder: String { root + "/a/b/c" }
  private let models: String
  private var initial: Set<String> = []

  /// - Parameter models: a folder with what the base calls read.
  init(_ root: String, models: String) throws {
    self.root = root
    self.models = models
    try rebuild()
  }

  /// Whether attacks on device files are safe: the command runs without the right to replace them.
  static let isUnprivileged = geteuid() != 0 || FileManager.default.isExecutableFile(atPath: setpriv)
  private static let setpriv = "/usr/bin/setpriv"

  private static var asNobody: String {
    geteuid() == 0 && isUnprivileged
      ? "\(setpriv) --reuid=65534 --regid=65534 --clear-groups --no-new-privs " : ""
  }

  /// Makes the folder as it is at the start.
  private func rebuild() throws {
    let files = FileManager.default
    try remove(root)
    try files.createDirectory(atPath: folder + "/folder", withIntermediateDirectories: true)
    try files.createDirectory(atPath: root + "/etc", withIntermediateDirectories: true)
    for file in try files.contentsOfDirectory(atPath: models) {
      try files.copyItem(atPath: models + "/" + file, toPath: folder + "/" + file)
    }
    try write("secret", root + "/etc/passwd")
    try write("", folder + "/afile")
    try write("{\"weights\":[1]}", folder + "/text.json")
    let noise = Data((0..<4096).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 11) })
    for ending in [""] + HostileValue.endings {
      guard mkfifo(folder + "/fifo" + ending, 0o666) == 0 else { continue }
      try link("gone-away", "gone" + ending)
      try link("loop" + ending, "loop" + ending)
      guard !ending.isEmpty else { continue }
      try files.createDirectory(atPath: folder + "/folder" + ending, withIntermediateDirectories: true)
      try write("", folder + "/empty" + ending)
      try noise.write(to: URL(filePath: folder + "/noise" + ending))
      if Self.isUnprivileged {
        for device in ["null", "full", "zero"] { try link("/dev/" + device, device + ending) }
      }
    }
    try files.createDirectory(atPath: folder + "/locked", withIntermediateDirectories: true)
    chmod(folder + "/locked", 0o555)
    for path in ["", "/etc", "/a", "/a/b", "/a/b/c", "/a/b/c/folder"] { chmod(root + path, 0o777) }
    initial = Set(names)
  }

  private func write(_ text: String, _ path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  private func link(_ target: String, _ name: String) throws {
    try FileManager.default.createSymbolicLink(atPath: folder + "/" + name, withDestinationPath: target)
  }

  private var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] }

  /// Runs the command in the working folder.
  ///
  /// Limits: `seconds` of time; 4 GB of memory and 64 MB a file, where the system knows such limits.
  func run(_ arguments: [String], seconds: Double) throws -> Outcome {
    let limits = "ulimit -v 4000000 2>/dev/null; trap '' XFSZ; ulimit -f 131072 2>/dev/null; umask 0; "
    let places = "cd \"$1\" && exec >\"$2\" 2>\"$3\" </dev/null; shift 3; "
    let (out, err) = (root + "/out", root + "/err")
    let words =
      [
        "sh", "-c", limits + places + "exec \(Self.asNobody)\"$0\" \"$@\"", CommandLineTool.path, folder, out,
        err,
      ]
      + arguments
    let start = ContinuousClock.now
    let process = try spawn(words, environment: ["HOME=\(root)", "PATH=/usr/bin:/bin", "TMPDIR=\(root)"])
    let ending = wait(for: process, seconds: seconds, errors: err)
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    let left = names.filter { !initial.contains($0) }.sorted()
    return Outcome(
      ending: ending, output: text(of: out), errors: text(of: err), files: left.flatMap { below($0) },
      seconds: elapsed)
  }

  /// Starts the shell.
  private func spawn(_ words: [String], environment: [String]) throws -> pid_t {
    var process: pid_t = 0
    let argv = words.map { strdup($0) } + [nil]
    let envp = environment.map { strdup($0) } + [nil]
    defer { for text in argv + envp { free(text) } }
    let code = posix_spawn(&process, "/bin/sh", nil, nil, argv, envp)
    guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EAGAIN) }
    return process
  }

  /// Waits for the end by looking every millisecond; ends the process itself after the limit.
  private func wait(for process: pid_t, seconds: Double, errors: String) -> Ending {
    let start = ContinuousClock.now
    var status: Int32 = 0
    var sizeBefore: Int?
    while waitpid(process, &status, WNOHANG) == 0 {
      let elapsed = (ContinuousClock.now - start) / .seconds(1)
      if elapsed > seconds * 2 / 3, sizeBefore == nil { sizeBefore = text(of: errors).utf8.count }
      if elapsed > seconds {
        let progress = text(of: errors).utf8.count > sizeBefore ?? .max
        kill(process, SIGKILL)
        waitpid(process, &status, 0)
        return .timeLimit(progress: progress)
      }
      usleep(1000)
    }
    // The low seven bits are the signal, the next byte the exit status.
    return status & 0x7f == 0 ? .exit(status >> 8 & 0xff) : .signal(status & 0x7f)
  }

  private func text(of path: String) -> String {
    String(decoding: (try? Data(contentsOf: URL(filePath: path))) ?? Data(), as: UTF8.self)
  }

  /// A name and what lies in it, three levels deep: an attack may make two thousand.
  private func below(_ name: String, depth: Int = 3) -> [String] {
    var isFolder: ObjCBool = false
    let path = folder + "/" + name
    guard depth > 0, FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue,
      let inside = try? FileManager.default.contentsOfDirectory(atPath: path)
    else { return [name] }
    return [name] + inside.flatMap { below(name + "/" + $0, depth: depth - 1) }
  }

  /// Removes a file or a folder, also one too deep for a path.
  private func remove(_ path: String) throws {
    var status: Int32 = 0
    waitpid(try spawn(["sh", "-c", "exec /bin/rm -rf \"$0\"", path], environment: []), &status, 0)
  }

  /// Removes what the last run left, and starts anew if it touched what was there.
  /// - Returns: whether the files that were there are unharmed.
  func clean(after outcome: Outcome) throws -> Bool {
    let present = Set(names)
    for name in present.subtracting(initial) {
      try remove(folder + "/" + name)
    }
    let inner = ["folder", "locked"].flatMap {
      (try? FileManager.default.contentsOfDirectory(atPath: folder + "/" + $0)) ?? []
    }
    let outer = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    let unharmed =
      initial.isSubset(of: present) && text(of: root + "/etc/passwd") == "secret"
    if !unharmed || !inner.isEmpty || outer.count != 4 { try rebuild() }
    return unharmed
  }

  deinit { try? remove(root) }
}
