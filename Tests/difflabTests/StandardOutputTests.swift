import Foundation
import Testing

@Suite("Standard output", .serialized)
struct StandardOutputTests {
  @Test("Points and figures go down a pipe, as CSV and SVG where no ending says otherwise")
  func pipes() throws {
    let folder = try TemporaryFolder()
    for (arguments, beginning) in [
      (["sample", "mixture:ring8", "--count", "5", "--steps", "3"], "x,y\n"),
      (["datasets", "sample", "moons", "--count", "5"], "x,y,label\n"),
      (["draw", "dataset", "moons", "--count", "5"], "<?xml"),
    ] {
      for place in ["/dev/stdout", "/dev/fd/1"] {
        let piped = try CommandLineTool.run(arguments + ["-o", place], in: folder.path)
        #expect(piped.status == 0 && piped.output.hasPrefix(beginning), "\(piped.errors)")
      }
    }
    let likelihood = try CommandLineTool.run(
      ["likelihood", "mixture:ring8", "--points", "3", "--steps", "2", "-o", "/dev/stdout"], in: folder.path)
    #expect(likelihood.status == 0 && likelihood.output.hasPrefix("x,y,"), "\(likelihood.errors)")
    #expect(likelihood.output.split(separator: "\n").count == 4, "the summary stands aside")
    #expect(likelihood.errors.contains("log p"), "\(likelihood.errors)")
    #expect(folder.names.isEmpty)
  }

  #if os(Linux)
    @Test("A full disk behind standard output is an error with exit code 1, of help and version too")
    func fullOutput() throws {
      for arguments in [
        ["samplers"], ["--help"], ["train", "--help"], ["--version"], ["exercises", "show", "1"],
      ] {
        let outcome = try CommandLineTool.run(arguments, shell: "exec >/dev/full")
        #expect(outcome.status == 1, "\(arguments)")
        #expect(outcome.errors.hasPrefix("Error: standard output: could not be written whole"))
      }
    }
  #endif

  @Test("A closed standard output is an error, and no file that is opened takes its place")
  func closedOutput() throws {
    let folder = try TemporaryFolder()
    let outcome = try CommandLineTool.run(
      ["likelihood", "mixture:ring8", "--points", "3", "--steps", "2", "-o", "l.csv"], in: folder.path,
      shell: "exec >&-")
    #expect(outcome.status == 1 && outcome.errors.contains("standard output"), "\(outcome.errors)")
    let lines = String(decoding: try folder.bytes("l.csv"), as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 4)
    let silent = try CommandLineTool.run(
      ["datasets", "sample", "moons", "-o", "m.csv", "--count", "3"], in: folder.path, shell: "exec 2>&-")
    #expect(silent.status == 0)
    #expect(String(decoding: try folder.bytes("m.csv"), as: UTF8.self).split(separator: "\n").count == 4)
  }

  @Test(
    "Where the reader is slow the writer waits, even if it was told not to; where he leaves it ends quietly")
  func readers() throws {
    let arguments = ["likelihood", "mixture:ring8", "--points", "3000", "--steps", "1", "--json"]
    let whole = try CommandLineTool.run(arguments)
    #expect(whole.status == 0 && whole.output.utf8.count > 200_000, "more than a pipe holds")
    func start(_ output: Pipe, _ errors: Pipe) throws -> Process {
      let process = Process()
      process.executableURL = URL(filePath: CommandLineTool.path)
      process.arguments = arguments
      process.standardOutput = output
      process.standardError = errors
      try process.run()
      return process
    }
    let slow = Pipe()
    _ = fcntl(slow.fileHandleForWriting.fileDescriptor, F_SETFL, O_NONBLOCK)
    let patient = try start(slow, Pipe())
    let read = slow.fileHandleForReading.readDataToEndOfFile()
    patient.waitUntilExit()
    #expect(patient.terminationStatus == 0 && read == Data(whole.output.utf8))

    let closed = Pipe()
    let errors = Pipe()
    try closed.fileHandleForReading.close()
    let ended = try start(closed, errors)
    let said = errors.fileHandleForReading.readDataToEndOfFile()
    ended.waitUntilExit()
    #expect(ended.terminationReason == .exit && ended.terminationStatus == 141)
    // One step is too coarse a flow, of which a warning speaks; of the closed pipe nothing does.
    let lines = String(decoding: said, as: UTF8.self).split(separator: "\n")
    #expect(lines.allSatisfy { $0.hasPrefix("warning: the flow misses") })
  }
}
