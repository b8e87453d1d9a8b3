import DiffusionLab
import Foundation
import Testing

@Suite("Outputs", .serialized)
struct OutputTests {
  /// Arguments of every command that writes, for an output at a place; with the ending of its files, `/` for a folder.
  private static let writers = special.merging(drawn) { one, _ in one }

  private typealias Writer = (ending: String, arguments: @Sendable (String) -> [String])

  /// The figures that declare what they are drawn of.
  private static let drawn: [String: Writer] = Dictionary(
    uniqueKeysWithValues: DrawnFigures.all.map { figure in
      let subject =
        switch figure.subject {
        case .dataset: "moons"
        case .model: "mixture:ring8"
        case .checkpoint: "m.safetensors"
        }
      let name = figure.name
      return ("draw \(name)", (".svg", { ["draw", name, subject, "-o", $0] }))
    })

  private static let special: [String: Writer] = [
    "lab": ("/", { ["lab", "moons", "--out", $0] }),
    "datasets sample": (".csv", { ["datasets", "sample", "moons", "-o", $0] }),
    "datasets remake": ("/", { ["datasets", "remake", "--out", $0] }),
    "train": (".safetensors", { ["train", "moons", "-o", $0] }),
    "sample": (".npy", { ["sample", "mixture:ring8", "-o", "s.csv", "--trajectory", $0] }),
    "quality": (".md", { ["quality", "moons", "-o", $0] }),
    "compare": (".svg", { ["compare", "mixture:ring8", "-o", $0] }),
    "combinations": (".md", { ["combinations", "moons", "-o", $0] }),
    "likelihood": (".csv", { ["likelihood", "mixture:ring8", "-o", $0] }),
    "draw forward": (".svg", { ["draw", "forward", "moons", "-o", $0] }),
    "draw schedule": (".svg", { ["draw", "schedule", "-o", $0] }),
    "draw bound": (".svg", { ["draw", "bound", "mixture:ring8", "-o", $0] }),
    "draw errors": (".svg", { ["draw", "errors", "mixture:ring8", "-o", $0] }),
    "draw parameterizations": (".svg", { ["draw", "parameterizations", "moons", "-o", $0] }),
    "draw samplers": (".svg", { ["draw", "samplers", "mixture:ring8", "-o", $0] }),
    "draw paths": (".svg", { ["draw", "paths", "mixture:ring8", "-o", $0] }),
    "draw density": (".svg", { ["draw", "density", "mixture:ring8", "-o", $0] }),
    "draw reflected": (".svg", { ["draw", "reflected", "m.safetensors", "mixture:box", "-o", $0] }),
    "animate": (".gif", { ["animate", "mixture:ring8", "-o", $0] }),
    "figures": ("/", { ["figures", "--out", $0] }),
    "exercises check": (".svg", { ["exercises", "check", "1", "-o", $0] }),
  ]

  @Test(
    "Every command finds an output that cannot be written before any work, and leaves nothing behind",
    arguments: writers.keys.sorted())
  func unwritable(_ name: String) throws {
    let writer = try #require(Self.writers[name])
    let folder = try TemporaryFolder()
    _ = try folder.write("", "file")
    var places = ["file/x", "file/x/y"]
    #if os(Linux)
      places.append("/proc/x")
    #endif
    for place in places {
      let path = place + (writer.ending == "/" ? "" : writer.ending)
      let outcome = try CommandLineTool.run(writer.arguments(path), in: folder.path)
      #expect(outcome.status == 1 && outcome.output.isEmpty)
      #expect(outcome.errors.hasPrefix("Error: \(path): "), "\(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1, "nothing was said of any work")
    }
    let empty = try CommandLineTool.run(writer.arguments(""), in: folder.path)
    #expect([1, 64].contains(empty.status) && empty.errors.contains("an empty path"), "\(empty.errors)")
    #expect(folder.names == ["file"])
  }

  @Test("These are all commands that have an option for an output")
  func complete() throws {
    struct Help: Decodable {
      struct Name: Decodable { let name: String }
      struct Argument: Decodable { let names: [Name]? }
      struct Command: Decodable {
        let commandName: String
        let arguments: [Argument]?
        let subcommands: [Command]?
      }
      let command: Command
    }
    let text = try CommandLineTool.run(["--experimental-dump-help"]).output
    var found: Set<String> = []
    func visit(_ command: Help.Command, _ path: [String]) {
      let names = (command.arguments ?? []).flatMap { ($0.names ?? []).map(\.name) }
      if names.contains(where: { ["output", "o", "out"].contains($0) }) {
        found.insert(path.joined(separator: " "))
      }
      for sub in command.subcommands ?? [] { visit(sub, path + [sub.commandName]) }
    }
    visit(try JSONDecoder().decode(Help.self, from: Data(text.utf8)).command, [])
    #expect(found == Set(Self.writers.keys))
  }

  @Test("A folder is no output, nor is a pipe that of a training, nor one file that of two or of the input")
  func refused() throws {
    let folder = try TemporaryFolder()
    for name in ["d.csv", "d.safetensors", "l", "l/report.json"] {
      try FileManager.default.createDirectory(atPath: folder.file(name), withIntermediateDirectories: true)
    }
    mkfifo(folder.file("p.safetensors"), 0o600)
    _ = try folder.write("x,y\n0,0\n1,1\n", "own.csv")
    _ = try folder.write("", "s.npy")
    for (name, target) in [("soft.npy", "s.npy"), ("soft.csv", "own.csv"), ("to.safetensors", "own.csv")] {
      symlink(target, folder.file(name))
    }
    link(folder.file("s.npy"), folder.file("hard.npy"))
    let before = folder.names
    for (arguments, status) in [
      (["train", "moons", "-o", "d.safetensors"], 1), (["train", "moons", "-o", "p.safetensors"], 1),
      (["train", "moons", "-o", "n.safetensors/"], 1), (["train", "moons", "-o", "/dev/stdout"], 1),
      (["lab", "moons", "--out", "l"], 1), (["datasets", "sample", "moons", "-o", "d.csv"], 1),
      (["sample", "mixture:ring8", "-o", "s.npy", "--trajectory", "s.npy"], 64),
      (["sample", "mixture:ring8", "-o", "s.npy", "--trajectory", "./d.csv/../s.npy"], 64),
      (["sample", "mixture:ring8", "-o", "s.npy", "--trajectory", "soft.npy"], 64),
      (["sample", "mixture:ring8", "-o", "hard.npy", "--trajectory", "s.npy"], 64),
      (["sample", "mixture:ring8", "-o", "new.npy", "--trajectory", folder.file("new.npy")], 64),
      (["datasets", "sample", "own.csv", "-o", "own.csv"], 64),
      (["datasets", "sample", "own.csv", "-o", "soft.csv"], 64),
      (["train", "own.csv", "-o", "to.safetensors"], 64),
      (["likelihood", "mixture:ring8", "--at", "own.csv", "-o", "soft.csv"], 64),
    ] as [([String], Int32)] {
      let outcome = try CommandLineTool.run(arguments, in: folder.path)
      #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
      if status == 64 { #expect(outcome.errors.contains("is the same file as"), "\(outcome.errors)") }
    }
    #expect(folder.names == before)
    #expect(try folder.bytes("own.csv") == Data("x,y\n0,0\n1,1\n".utf8))
  }

  @Test(
    "Training goes on where nobody reads its progress, and where a checkpoint cannot be written for a while")
  func goesOn() throws {
    let folder = try TemporaryFolder()
    let training = ["train", "moons", "-o", "sub/m.safetensors", "--hidden", "16x1", "--batch", "16"]
    let closed = Pipe()
    try closed.fileHandleForReading.close()
    let unread = Process()
    unread.executableURL = URL(filePath: CommandLineTool.path)
    unread.arguments = training + ["--steps", "20000"]
    unread.currentDirectoryURL = URL(filePath: folder.path)
    unread.standardError = closed
    try unread.run()
    unread.waitUntilExit()
    #expect(unread.terminationReason == .exit && unread.terminationStatus == 0)
    // A file in the place of its folder stands in for a disk that fills and is cleared.
    let manager = FileManager.default
    try manager.removeItem(atPath: folder.file("sub"))
    for cleared in [true, false] {
      try manager.createDirectory(atPath: folder.file("sub"), withIntermediateDirectories: true)
      let steps = cleared ? "2000000" : "60000"
      let run = try RunningCommand(training + ["--steps", steps, "--save-every", "0"], in: folder.path)
      run.waitForLine(with: "steps/s")
      try manager.moveItem(atPath: folder.file("sub"), toPath: folder.file("old"))
      _ = try folder.write("", "sub")
      while let line = run.nextLine(), !line.hasPrefix("warning: sub/m.safetensors: ") {}
      if cleared {
        try manager.removeItem(atPath: folder.file("sub"))
        while !manager.fileExists(atPath: folder.file("sub/m.safetensors")), run.nextLine() != nil {}
        run.send(SIGTERM)
      }
      let (status, errors) = run.end()
      #expect(status == (cleared ? 130 : 1), "\(errors)")
      #expect(errors.contains("training goes on"))
      #expect(manager.fileExists(atPath: folder.file("sub/m.safetensors")) == cleared)
      try manager.removeItem(atPath: folder.file("sub"))
      try manager.removeItem(atPath: folder.file("old"))
    }
  }

  @Test(
    "A file that may not grow further is an error that leaves the old one, whatever the limit's signal does")
  func fileLimit() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("old", "points.csv")
    let outcome = try CommandLineTool.run(
      ["datasets", "sample", "moons", "--count", "20000", "-o", "points.csv"], in: folder.path,
      shell: "ulimit -f 8")
    #expect(outcome.status == 1 && outcome.errors.contains("could not be written whole"), "\(outcome.errors)")
    #expect(folder.names == ["points.csv"])
    #expect(try folder.bytes("points.csv") == Data("old".utf8))
  }

  @Test("Fewer frames remove those of the longer animation before, and say so; other files stay")
  func frames() throws {
    let folder = try TemporaryFolder()
    let animate = [
      "animate", "mixture:ring8", "-o", "f/", "--points", "5", "--steps", "5", "--scale", "0.2", "--frames",
    ]
    #expect(try CommandLineTool.run(animate + ["5"], in: folder.path).status == 0)
    let others = [
      "frame-9.png", "frame-00009.png", "frame-0009.png.bak", "frame-0009.jpg", "my-frame-0009.png",
    ]
    for name in others { _ = try folder.write("mine", "f/" + name) }
    symlink("frame-9.png", folder.file("f/frame-0008.png"))
    let shorter = try CommandLineTool.run(animate + ["2"], in: folder.path)
    #expect(shorter.status == 0 && shorter.errors.contains("were removed: 3"), "\(shorter.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("f"))
    #expect(Set(names) == Set(others + ["frame-0001.png", "frame-0002.png", "frame-0008.png"]))
  }
}
