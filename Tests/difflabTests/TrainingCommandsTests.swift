import DiffusionLab
import Foundation
import Testing

@Suite("Training on the command line", .serialized)
struct TrainingCommandsTests {
  @Test("The help lists every loss and optimizer, and an unknown name is answered with the nearest")
  func lists() throws {
    let help = try CommandLineTool.run(["train", "--help"]).output
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(help.contains(TrainingLoss.all.map(\.name).joined(separator: ", ")))
    for optimizer in Optimizer.all {
      #expect(help.contains("\(optimizer.name) (\(optimizer.summary))"), "\(optimizer.name)")
      #expect(help.contains("\(optimizer.learningRate) for \(optimizer.name)"), "\(optimizer.name)")
    }
    let outcome = try CommandLineTool.run([
      "train", "moons", "-o", "m.safetensors", "--optimizer", "sgd-nestrov",
    ])
    #expect(
      outcome.status == 64 && outcome.errors.contains("Did you mean sgd-nesterov?"), "\(outcome.errors)")
  }

  @Test("A run by another optimizer samples, and goes on by --resume", arguments: Optimizer.all.dropFirst())
  func optimizers(optimizer: Optimizer) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("m.safetensors")
    let options = ["--optimizer", optimizer.name, "--learning-rate", "0.01"]
    let run = try RunningCommand(
      [
        "train", "moons", "-o", path, "--steps", "150000", "--hidden", "16x1", "--batch", "16", "--points",
        "500",
      ]
        + options, in: folder.path)
    #expect(run.waitForLine(with: "steps/s"))
    run.send(SIGINT)
    #expect(run.end().status == 130)
    let other = try CommandLineTool.run(
      ["train", "moons", "-o", folder.file("x.safetensors"), "--resume", path, "--optimizer", "adamw"])
    #expect(other.status == 64 && other.errors.contains("--resume"), "\(other.errors)")
    let sampled = try CommandLineTool.run(
      ["sample", path, "-o", folder.file("s.csv"), "--count", "20", "--steps", "12"])
    #expect(sampled.status == 0, "\(sampled.errors)")
    let header = String(decoding: try folder.bytes("m.safetensors").prefix(8000), as: UTF8.self)
    #expect(
      header.contains("\"optimizer\":\"\(optimizer.name)\"") && header.contains("\"learning_rate\":\"0.01\""))
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
      ["evaluate", model], ["likelihood", model, "--points", "5", "--process", "vp"],
    ] {
      let refused = try CommandLineTool.run(arguments)
      #expect(refused.status == 64 && refused.errors.contains("score"), "\(refused.errors)")
    }
    let density = try CommandLineTool.run(["likelihood", model, "--points", "5"])
    #expect(density.status == 0, "\(density.errors)")
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

  @Test("A run that Ctrl-C stopped goes on with --resume, and other options than its own are refused")
  func resume() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("m.safetensors")
    let options = [
      "--recipe", "ddpm", "--steps", "150000", "--hidden", "16x1", "--batch", "16", "--points", "500",
      "--seed", "3",
    ]
    let run = try RunningCommand(["train", "moons", "-o", path] + options, in: folder.path)
    #expect(run.waitForLine(with: "steps/s"))  // the first tenth is done
    run.send(SIGINT)
    #expect(run.end().status == 130)
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
}
