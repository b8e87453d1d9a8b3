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

  @Test("A trajectory file holds every step, and ends at the samples")
  func trajectoryFile() throws {
    let folder = try TemporaryFolder()
    let outcome = try CommandLineTool.run([
      "sample", "mixture:aniso3", "-o", folder.file("s.npy"), "--count", "7", "--steps", "5", "--trajectory",
      folder.file("t.npy"),
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let chain = try folder.bytes("t.npy")
    let samples = try folder.bytes("s.npy")
    #expect(String(decoding: chain.prefix(128), as: UTF8.self).contains("(6, 7, 2)"))
    #expect(chain.suffix(7 * 2 * 8) == samples.suffix(7 * 2 * 8))
  }

  @Test("Any prediction, variance and loss trains, is measured and samples")
  func objectives() throws {
    let folder = try TemporaryFolder()
    let model = folder.file("m.safetensors")
    for options in [
      ["--predict", "mean", "--variance", "full", "--loss", "vlb", "--schedule", "ve"],
      ["--predict", "score", "--variance", "interpolated", "--loss", "hybrid", "--schedule", "sub-vp"],
      ["--predict", "x0", "--variance", "posterior", "--loss", "edm", "--schedule", "karras"],
      ["--loss", "gms"],
      ["--loss", "cfm"],
    ] {
      let trained = try CommandLineTool.run(
        ["train", "aniso3", "-o", model, "--steps", "10", "--hidden", "16x1", "--timesteps", "12", "-q"]
          + options)
      #expect(trained.status == 0, "\(options): \(trained.errors)")
      let evaluated = try CommandLineTool.run(["evaluate", model, "--points", "50", "--levels", "3"])
      #expect(evaluated.status == 0 && evaluated.output.contains("excess"), "\(evaluated.errors)")
      let bound = try CommandLineTool.run(["bound", model, "--steps", "6", "--points", "50", "--json"])
      #expect(bound.status == 0 && bound.output.contains("\"entropy\""), "\(bound.errors)")
      let sampled = try CommandLineTool.run(
        ["sample", model, "-o", folder.file("s.csv"), "--count", "20", "--steps", "12"])
      #expect(sampled.status == 0, "\(sampled.errors)")
      let bySkewedPairs = try CommandLineTool.run(
        ["sample", model, "-o", folder.file("s.csv"), "--sampler", "gms", "--count", "20", "--steps", "12"])
      let hasMoments = options.contains("gms")
      #expect(bySkewedPairs.status == (hasMoments ? 0 : 64), "\(bySkewedPairs.errors)")
      #expect(bySkewedPairs.errors.contains(hasMoments ? "12 steps of gms" : "trained with the loss gms"))
    }
    // Pairs by optimal transport leave a velocity without a score.
    _ = try CommandLineTool.run(
      ["train", "moons", "-o", model, "--steps", "10", "--hidden", "16x1", "--loss", "cfm-ot", "-q"])
    for arguments in [
      ["sample", model, "-o", folder.file("s.csv"), "--sampler", "ddpm"], ["bound", model],
      ["evaluate", model],
    ] {
      let refused = try CommandLineTool.run(arguments)
      #expect(refused.status == 64 && refused.errors.contains("score"), "\(refused.errors)")
    }
    let sampled = try CommandLineTool.run(["sample", model, "-o", folder.file("s.csv"), "--count", "20"])
    #expect(sampled.status == 0 && sampled.errors.contains("ddim"), "\(sampled.errors)")
  }

  @Test("The quality of a recipe is a table, and its ablation a figure")
  func quality() throws {
    let folder = try TemporaryFolder()
    let options = ["--steps", "5", "--hidden", "16x1", "--clouds", "2", "--sampling-steps", "2", "-q"]
    let table = try CommandLineTool.run(["quality", "moons", "-o", folder.file("q.md")] + options)
    #expect(table.status == 0 && table.output.contains("ratio"), "\(table.errors)")
    #expect(String(decoding: try folder.bytes("q.md"), as: UTF8.self).contains("| moons |"))
    let refused = try CommandLineTool.run(["quality", "moons", "-o", folder.file("q.svg")] + options)
    #expect(refused.status == 64 && refused.errors.contains(".md"), "\(refused.errors)")
  }

  @Test("Ctrl-C stops training and keeps a checkpoint that samples")
  func interrupt() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("m.safetensors")
    let process = Process()
    process.executableURL = URL(filePath: CommandLineTool.path)
    process.arguments = [
      "train", "moons", "-o", path, "--steps", "5000000", "--hidden", "16x1", "--batch", "16",
    ]
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    // The handler stands before the first step, and half a second is many steps of this size; a machine so
    // slow that it is not has the default action of the signal, and the test says so.
    Thread.sleep(forTimeInterval: 1)
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 0)
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(said.contains("stopped at step"))
    #expect(said.contains("--resume \(path)"))
    let sampled = try CommandLineTool.run(
      ["sample", path, "-o", folder.file("s.csv"), "--count", "10", "--steps", "5"])
    #expect(sampled.status == 0, "\(sampled.errors)")
  }

  @Test("A run that Ctrl-C stopped goes on with --resume, and other options than its own are refused")
  func resume() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("m.safetensors")
    let options = [
      "--recipe", "ddpm", "--steps", "30000", "--hidden", "16x1", "--batch", "16", "--points", "500",
      "--seed", "3",
    ]
    let process = Process()
    process.executableURL = URL(filePath: CommandLineTool.path)
    process.arguments = ["train", "moons", "-o", path] + options
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    _ = errors.fileHandleForReading.availableData  // the first tenth is done
    process.interrupt()
    _ = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    for wrong in [["--steps", "5"], ["--loss", "edm"], ["--points", "400"], ["--seed", "4"]] {
      let outcome = try CommandLineTool.run(
        ["train", "moons", "-o", folder.file("x.safetensors"), "--resume", path] + wrong)
      #expect(outcome.status == 64 && outcome.errors.contains("--resume"), "\(wrong): \(outcome.errors)")
    }
    let other = try CommandLineTool.run(
      ["train", "ring8", "-o", folder.file("x.safetensors"), "--resume", path])
    #expect(other.status == 1 && other.errors.contains("500 points of moons"), "\(other.errors)")
    // Whatever step it stopped at, the end is that of a run without a stop.
    let resumed = try CommandLineTool.run(
      ["train", "moons", "-o", path, "--resume", path, "--batch", "16"])
    #expect(resumed.status == 0 && resumed.errors.contains("going on after step"), "\(resumed.errors)")
    let whole = try CommandLineTool.run(
      ["train", "moons", "-o", folder.file("w.safetensors"), "-q"] + options)
    #expect(whole.status == 0, "\(whole.errors)")
    #expect(try folder.bytes("m.safetensors") == folder.bytes("w.safetensors"))
    let again = try CommandLineTool.run(["train", "moons", "-o", path, "--resume", path])
    #expect(again.status == 1 && again.errors.contains("train anew"), "\(again.errors)")
  }

  @Test("A time budget says the number of steps that remakes the run, bit for bit; a recipe has a name")
  func seconds() throws {
    let folder = try TemporaryFolder()
    let options = ["--hidden", "16x1", "--points", "500", "--recipe", "ddpm"]
    let timed = try CommandLineTool.run(
      ["train", "moons", "-o", folder.file("a.safetensors"), "--seconds", "0.3"] + options)
    let steps = try #require(timed.errors.firstMatch(of: /--steps (\d+) remakes/)?.1, "\(timed.errors)")
    let counted = try CommandLineTool.run(
      ["train", "moons", "-o", folder.file("b.safetensors"), "--steps", String(steps), "-q"] + options)
    #expect(counted.status == 0, "\(counted.errors)")
    #expect(try folder.bytes("a.safetensors") == folder.bytes("b.safetensors"))
    let header = String(decoding: try folder.bytes("a.safetensors").prefix(4000), as: UTF8.self)
    #expect(header.contains("\"schedule\":\"linear\"") && header.contains("\"decay\":\"constant\""))
  }

  @Test("The exact oracle is evaluated, bounded and drawn like any model")
  func exactModel() throws {
    let folder = try TemporaryFolder()
    for arguments in [
      ["evaluate", "mixture:aniso3", "--levels", "4", "--points", "50"],
      ["bound", "mixture:aniso3", "--steps", "4", "--points", "50", "--json"],
      ["draw", "bound", "mixture:aniso3", "-o", folder.file("b.svg"), "--steps", "4"],
      ["draw", "errors", "mixture:aniso3", "-o", folder.file("e.svg"), "--levels", "4", "--points", "50"],
      ["draw", "field", "mixture:aniso3", "-o", folder.file("f.svg")],
      ["draw", "density", "mixture:aniso3", "-o", folder.file("d.svg"), "--cells", "20", "--steps", "10"],
      ["likelihood", "mixture:aniso3", "--points", "5", "--process", "vp", "-o", folder.file("l.csv")],
      ["likelihood", "mixture:aniso3", "--at", folder.file("l.csv"), "--json"],
      ["draw", "schedule", "-o", folder.file("s.svg"), "--schedule", "ve", "--schedule", "flow"],
      ["sample", "mixture:aniso3", "-o", folder.file("s.csv"), "--sampler", "dpm++2m", "--steps", "10"],
    ] {
      let outcome = try CommandLineTool.run(arguments)
      #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
    }
    #expect(folder.names == ["b.svg", "d.svg", "e.svg", "f.svg", "l.csv", "s.csv", "s.svg"])
  }

  @Test("Samplers are compared on a model, as a table, as JSON and as figures")
  func compare() throws {
    let folder = try TemporaryFolder()
    let small = ["mixture:ring8", "--samplers", "ddpm,ddim"]
    for arguments in [
      ["compare"] + small + [
        "--steps", "2,3,4", "--count", "50", "--repetitions", "1", "-o", folder.file("c.svg"),
      ],
      ["compare"] + small + ["--steps", "3", "--count", "50", "--json", "--grid", "karras"],
      ["compare", "mixture:ring8", "--samplers", "edm", "--recommended", "--count", "50"],
      ["draw", "samplers"] + small + ["--steps", "2,4", "--count", "50", "-o", folder.file("s.svg")],
      ["draw", "paths"] + small + ["--steps", "4", "--paths", "3", "-o", folder.file("p.svg")],
      ["sample", "mixture:ring8", "-o", folder.file("e.csv"), "--sampler", "em", "--steps", "5"],
      ["sample", "mixture:ring8", "-o", folder.file("f.csv"), "--sampler", "ode-rk4", "--grid", "flow"],
      ["samplers"],
    ] {
      let outcome = try CommandLineTool.run(arguments)
      #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
    }
    #expect(folder.names == ["c.svg", "e.csv", "f.csv", "p.svg", "s.svg"])
    for (arguments, reason) in [
      (["compare"] + small + ["--steps", "5,x"], "5,x"),
      (["compare", "mixture:ring8", "--samplers", "ddmp"], "ddpm"),
      (["compare"] + small + ["--recommended", "--steps", "5"], "other numbers"),
      (
        ["compare", "mixture:ring8", "--samplers", "em", "--grid", "karras", "--count", "9"],
        "continuous time"
      ),
      (["sample", "mixture:ring8", "-o", folder.file("x.csv"), "--steps", "2000"], "T = 1000"),
      (["sample", "mixture:ring8", "-o", folder.file("x.csv"), "--grid", "karas"], "karras"),
    ] {
      let outcome = try CommandLineTool.run(arguments)
      #expect(outcome.status == 64 && outcome.errors.contains(reason), "\(arguments): \(outcome.errors)")
    }
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

  @Test("Exercises are listed, shown, and checked with a figure; an untouched stub is not right")
  func exercises() throws {
    let folder = try TemporaryFolder()
    #expect(try CommandLineTool.run(["exercises"]).output.contains("The forward process"))
    #expect(try CommandLineTool.run(["exercises", "show", "1"]).output.contains("ᾱ"))
    let outcome = try CommandLineTool.run(["exercises", "check", "1"], in: folder.path)
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("not done yet"))
  }
}
