import Foundation
import Testing

@Suite("The command line", .serialized)
struct CommandsTests {
  @Test("The lab leaves every figure in every format, the model, the samples, the report and the animation")
  func lab() throws {
    let folder = try TemporaryFolder()
    let outcome = try CommandLineTool.run([
      "lab", "moons", "--out", folder.path, "--steps", "60", "--hidden", "32x2", "--count", "200",
      "--timesteps", "40",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let figures = [
      "comparison", "dataset", "field", "forward", "loss", "reverse", "schedule", "trajectories",
    ]
    var expected = ["animation.gif", "model.safetensors", "report.json", "samples.csv"]
    for figure in figures { expected += ["pdf", "png", "svg"].map { "\(figure).\($0)" } }
    #expect(folder.names == expected.sorted())
    #expect(outcome.output.contains("sliced W2") && outcome.output.contains("floor"))
    // Progress is for people: on standard error, as plain lines where that is no terminal.
    #expect(outcome.errors.contains("steps/s") && !outcome.errors.contains("\r"))
  }

  @Test("A chain so short that its first step is beyond the field's usual time is drawn at that step")
  func shortChain() throws {
    let folder = try TemporaryFolder()
    let outcome = try CommandLineTool.run([
      "lab", "moons", "--out", folder.path, "--steps", "5", "--hidden", "16x1", "--count", "50",
      "--timesteps", "1",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(folder.names.contains("field.svg"))
    let model = folder.file("model.safetensors")
    let drawn = try CommandLineTool.run(["draw", "field", model, "-o", folder.file("f.svg")])
    #expect(drawn.status == 0, "\(drawn.errors)")
    let early = try CommandLineTool.run(
      ["draw", "field", model, "-o", folder.file("f.svg"), "--time", "0.4"])
    #expect(early.status == 64 && early.errors.contains("no noise there yet"), "\(early.errors)")
  }

  @Test("The same seed gives the same samples and the same SVG, with one thread and with two")
  func sameSeed() throws {
    let folder = try TemporaryFolder()
    for (name, threads) in [("a", "1"), ("b", "2")] {
      let trained = try CommandLineTool.run([
        "train", "ring8", "-o", folder.file(name + ".safetensors"), "--steps", "40", "--hidden", "32x2",
        "--seed", "5", "--threads", threads, "-q",
      ])
      #expect(trained.status == 0, "\(trained.errors)")
      let sampled = try CommandLineTool.run([
        "sample", folder.file(name + ".safetensors"), "-o", folder.file(name + ".csv"), "--count", "300",
        "--steps", "20", "--seed", "5", "--threads", threads,
      ])
      #expect(sampled.status == 0, "\(sampled.errors)")
      let drawn = try CommandLineTool.run([
        "draw", "trajectories", folder.file(name + ".safetensors"), "-o", folder.file(name + ".svg"),
        "--steps", "20", "--seed", "5", "--threads", threads,
      ])
      #expect(drawn.status == 0, "\(drawn.errors)")
    }
    for ending in ["safetensors", "csv", "svg"] {
      #expect(try folder.bytes("a." + ending) == folder.bytes("b." + ending), "\(ending)")
    }
    // And another seed gives others.
    _ = try CommandLineTool.run([
      "sample", folder.file("a.safetensors"), "-o", folder.file("c.csv"), "--count", "300", "--steps", "20",
      "--seed", "6",
    ])
    #expect(try folder.bytes("a.csv") != folder.bytes("c.csv"))
  }

  @Test("A file of points works wherever a name works")
  func ownFile() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("own.csv")
    #expect(
      try CommandLineTool.run(["datasets", "sample", "spirals", "-o", path, "--count", "400"]).status == 0)
    let model = folder.file("m.safetensors")
    for arguments in [
      ["draw", "dataset", path, "-o", folder.file("d.png"), "--count", "100"],
      ["draw", "forward", path, "-o", folder.file("f.pdf"), "--count", "100"],
      ["train", path, "-o", model, "--steps", "20", "--hidden", "16x1"],
      [
        "draw", "reverse", model, "--data", path, "-o", folder.file("r.svg"), "--steps", "10", "--count",
        "50",
      ],
      ["draw", "loss", model, "-o", folder.file("l.svg")],
      ["score", path, "--against", path, "--count", "100", "--json"],
      ["score", path, "--against", "spirals", "--count", "50", "--all"],
      ["animate", model, "--data", path, "-o", folder.file("frames/"), "--frames", "3", "--points", "20"],
    ] {
      let outcome = try CommandLineTool.run(arguments)
      #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
    }
    let frames = try FileManager.default.contentsOfDirectory(atPath: folder.file("frames")).sorted()
    #expect(frames == ["frame-0001.png", "frame-0002.png", "frame-0003.png"])
  }

  @Test("Every command's help has an example")
  func help() throws {
    let commands = [
      [], ["lab"], ["datasets"], ["datasets", "list"], ["datasets", "sample"], ["datasets", "remake"],
      ["train"], ["bench"], ["evaluate"], ["bound"], ["combinations"], ["samplers"], ["draw", "bound"],
      ["draw", "errors"], ["compare"], ["draw", "samplers"], ["draw", "paths"], ["likelihood"],
      ["draw", "density"], ["draw", "parameterizations"], ["draw", "reflected"], ["reproduce"],
      ["sample"], ["score"], ["quality"], ["draw"], ["draw", "dataset"], ["draw", "forward"],
      ["draw", "reverse"],
      ["draw", "trajectories"], ["draw", "field"], ["draw", "loss"], ["draw", "schedule"], ["animate"],
      ["figures"], ["exercises"], ["exercises", "list"], ["exercises", "show"], ["exercises", "check"],
    ]
    for command in commands {
      let outcome = try CommandLineTool.run(command + ["--help"])
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("Example: difflab"), "\(command)")
    }
    #expect(try CommandLineTool.run(["--version"]).output.contains("0.1"))
  }

  @Test("A schedule that does not reach its prior is warned about, with the number")
  func priorWarning() throws {
    let folder = try TemporaryFolder()
    let outcome = try CommandLineTool.run([
      "draw", "forward", "moons", "-o", folder.file("f.svg"), "--schedule", "linear-unscaled", "--timesteps",
      "50", "-q",
    ])
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("warning:") && outcome.errors.contains("0.603"))
  }

  @Test("Exercises are listed, shown, and checked with the exit status of what the list says")
  func exercises() throws {
    let folder = try TemporaryFolder()
    let list = try CommandLineTool.run(["exercises"]).output
    #expect(list.contains("The forward process"))
    #expect(try CommandLineTool.run(["exercises", "show", "1"]).output.contains("ᾱ"))
    let outcome = try CommandLineTool.run(["exercises", "check", "1"], in: folder.path)
    // The stub is the learner's, who may have solved it.
    let states = [
      ("· to do", "not done yet", 1), ("✗ not right yet", "not right yet", 1), ("✓ right", "right.", 0),
    ]
    let line = try #require(list.split(separator: "\n").first)
    let (_, answer, status) = try #require(states.first { line.contains($0.0) })
    #expect(outcome.status == status && outcome.output.contains(answer))
  }
}
