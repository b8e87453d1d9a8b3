import Foundation
import Testing

@Suite("Bad input to the command line")
struct BadInputTests {
  @Test("An unknown set is refused with the nearest name")
  func unknownSet() throws {
    let outcome = try CommandLineTool.run(["lab", "swisroll"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("Did you mean swissroll?"))
  }

  @Test(
    "A broken file is refused with its name, the line and a remedy",
    arguments: [
      ("x,y\n1,2\n3\n4,5\n", ":3:"), ("x,y\n1,2\n3,abc\n", ":3:"), ("1,2\n3,nan\n", ":2:"),
      ("1,2\ninf,3\n", ":2:"), ("1,2\n", "point"), ("1,2\n1,2\n1,2\n", "equal"), ("", "empty"),
      ("\u{1}\u{2}\u{0}\u{7}\u{1}\u{0}\n\u{3}", "text"),
    ])
  func brokenFile(_ text: String, _ place: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, "cloud.csv")
    // Samples to score need no spread; data do.
    let isCloud = place == "point" || place == "equal"
    for arguments in [
      ["train", path, "-o", folder.file("m.safetensors")],
      ["draw", "dataset", path, "-o", folder.file("d.svg")],
    ] + (isCloud ? [] : [["score", path, "--against", "moons"]]) {
      let outcome = try CommandLineTool.run(arguments)
      #expect(outcome.status == 1, "\(arguments)")
      #expect(outcome.errors.contains("cloud.csv"), "\(outcome.errors)")
      #expect(outcome.errors.contains(place), "\(outcome.errors)")
      #expect(outcome.errors.contains(";"), "what is wrong; what to do: \(outcome.errors)")
    }
    #expect(folder.names == ["cloud.csv"], "nothing was written")
  }

  @Test("A file of binary noise is refused")
  func binaryNoise() throws {
    let folder = try TemporaryFolder()
    let bytes = (0..<4096).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 11) }
    for name in ["noise.csv", "noise.npy", "noise.json", "noise.safetensors"] {
      try Data(bytes).write(to: URL(filePath: folder.file(name)))
      let arguments =
        name.hasSuffix("safetensors")
        ? ["sample", folder.file(name), "-o", folder.file("s.csv")]
        : ["train", folder.file(name), "-o", folder.file("m.safetensors")]
      let outcome = try CommandLineTool.run(arguments)
      #expect(outcome.status == 1, "\(name): \(outcome.errors)")
      #expect(outcome.errors.contains(name))
    }
  }

  @Test(
    "Zero, negative and absurd numbers are usage errors, which name the option and exit with 64",
    arguments: [
      ["train", "moons", "-o", "m.safetensors", "--steps", "0"],
      ["train", "moons", "-o", "m.safetensors", "--steps=-5"],
      ["train", "moons", "-o", "m.safetensors", "--steps", "999999999999"],
      ["train", "moons", "-o", "m.safetensors", "--hidden", "0x3"],
      ["train", "moons", "-o", "m.safetensors", "--hidden", "100000x3"],
      ["train", "moons", "-o", "m.safetensors", "--hidden", "wide"],
      ["train", "moons", "-o", "m.safetensors", "--batch", "0"],
      ["train", "moons", "-o", "m.safetensors", "--timesteps", "0"],
      ["train", "moons", "-o", "m.safetensors", "--schedule", "cosin"],
      ["train", "moons", "-o", "m.safetensors", "--predict", "epsilon"],
      ["train", "moons", "-o", "m.safetensors", "--loss", "mse"],
      ["train", "moons", "-o", "m.safetensors", "--optimizer", "adamm"],
      ["train", "moons", "-o", "m.safetensors", "--variance", "ful"],
      ["train", "moons", "-o", "m.safetensors", "--variance", "full"],
      ["train", "moons", "-o", "m.safetensors", "--loss", "hybrid"],
      ["train", "moons", "-o", "m.safetensors", "--loss", "gms", "--variance", "full"],
      ["train", "moons", "-o", "m.safetensors", "--variance", "moments"],
      ["train", "moons", "-o", "m.safetensors", "--loss", "cfm", "--predict", "eps"],
      ["train", "moons", "-o", "m.safetensors", "--loss", "cfm-ot", "--schedule", "cosine"],
      ["train", "moons", "-o", "m.safetensors", "--recipe", "dpm"],
      ["train", "moons", "-o", "m.safetensors", "--seconds", "0"],
      ["train", "moons", "-o", "m.safetensors", "--seconds", "5", "--steps", "5"],
      ["train", "moons", "-o", "m.safetensors", "--resume", "m.safetensors", "--seconds", "5"],
      ["train", "moons", "-o", "m.bin"],
      ["quality", "moons", "--seconds", "5"],
      ["quality", "moons", "--points", "500"],
      ["quality", "moons", "--ablation", "--loss", "cfm"],
      ["quality", "moons", "--ablation", "--batch", "2"],
      ["figures", "--out", "f", "--loss", "cfm-ot"],
      ["draw", "parameterizations", "moons", "-o", "p.svg", "--loss", "cfm"],
      ["compare", "mixture:ring8", "--samplers", "all", "-o", "compare.svg"],
      ["evaluate", "mixture:ring8", "--levels", "0"],
      ["bound", "mixture:ring8", "--steps", "1001"],
      ["bound", "mixture:ring8", "--points", "1"],
      ["likelihood", "mixture:ring8", "--process", "vpp"],
      ["likelihood", "mixture:ring8", "--smoothing", "1"],
      ["likelihood", "mixture:ring8", "--at", "points.csv", "-o", "l.npy"],
      ["draw", "density", "mixture:ring8", "-o", "d.svg", "--cells", "1"],
      ["combinations", "--hidden", "wide"],
      ["reproduce", "mnist"],
      ["sample", "mixture:ring8", "-o", "s.csv", "--variance", "learned"],
      ["sample", "mixture:ring8", "-o", "s.csv", "--variance", "ful"],
      ["train", "moons", "-o", "m.safetensors", "--variance", "optimal"],
      ["bound", "mixture:ring8", "--variance", "full"],
      ["draw", "bound", "mixture:ring8", "-o", "b.svg", "--variance", "learned"],
      ["datasets", "sample", "moons", "-o", "m.csv", "--count", "0"],
      ["datasets", "sample", "moons", "-o", "m.csv", "--count=-1"],
      ["datasets", "sample", "moons", "-o", "m.csv", "--count", "99999999999"],
      ["sample", "mixture:ring8", "-o", "s.csv", "--count", "0"],
      ["sample", "mixture:ring8", "-o", "s.csv", "--steps", "0"],
      ["sample", "mixture:ring8", "-o", "s.csv", "--steps", "1001"],
      ["sample", "mixture:ring8", "-o", "s.csv", "--sampler", "dpm"],
      ["sample", "mixture:ring8", "-o", "s.csv", "--sampler", "ddim", "--eta", "2"],
      ["sample", "mixture:moons", "-o", "s.csv"],
      ["draw", "dataset", "moons", "-o", "figure.jpeg"],
      ["draw", "field", "mixture:ring8", "-o", "f.svg", "--time", "0"],
      ["animate", "mixture:ring8", "-o", "film.mp4"],
      ["animate", "mixture:ring8", "-o", "film.gif", "--frames", "0"],
      ["exercises", "check", "99"],
      ["lab", "moons", "--threads=-1"],
      ["nosuchcommand"],
    ])
  func usage(_ arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let outcome = try CommandLineTool.run(arguments, in: folder.path)
    #expect(outcome.status == 64, "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("Error: "), "\(outcome.errors)")
    #expect(folder.names.isEmpty, "nothing was written")
  }

  @Test("A folder that cannot be written stops the lab before it trains")
  func unwritableFolder() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("", "file")
    let outcome = try CommandLineTool.run(["lab", "moons", "--out", file + "/lab"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("is no folder"), "\(outcome.errors)")
    #expect(!outcome.errors.contains("steps/s"))
  }

  @Test("A disk that fills up leaves the old file as it was and no half of the new one")
  func fullDisk() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("old", "points.csv")
    // A limit on file size stands in for the full disk: writing stops in the middle all the same.
    let outcome = try CommandLineTool.run(
      ["datasets", "sample", "moons", "--count", "20000", "-o", folder.file("points.csv")],
      shell: "trap '' XFSZ; ulimit -f 8")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("could not be written whole"), "\(outcome.errors)")
    #expect(folder.names == ["points.csv"])
    #expect(try folder.bytes("points.csv") == Data("old".utf8))
  }

  @Test("A checkpoint cut short is refused and names the file")
  func cutCheckpoint() throws {
    let folder = try TemporaryFolder()
    let trained = try CommandLineTool.run(
      ["train", "moons", "-o", folder.file("m.safetensors"), "--steps", "5", "--hidden", "16x1", "-q"])
    #expect(trained.status == 0, "\(trained.errors)")
    let bytes = try folder.bytes("m.safetensors")
    for count in [0, 7, 100, bytes.count - 1] {
      try bytes.prefix(count).write(to: URL(filePath: folder.file("cut.safetensors")))
      let outcome = try CommandLineTool.run(
        ["sample", folder.file("cut.safetensors"), "-o", folder.file("s.csv")])
      #expect(outcome.status == 1, "\(count) bytes")
      #expect(outcome.errors.contains("cut.safetensors"), "\(outcome.errors)")
    }
    #expect(folder.names == ["cut.safetensors", "m.safetensors"])
  }

  @Test("A loss that is no longer finite stops the run, says at which step, and keeps a valid checkpoint")
  func divergence() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("m.safetensors")
    let outcome = try CommandLineTool.run(
      ["train", "moons", "-o", path, "--steps", "500", "--hidden", "32x2", "--learning-rate", "1e18"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("no longer finite at step"), "\(outcome.errors)")
    let sampled = try CommandLineTool.run(
      ["sample", path, "-o", folder.file("s.csv"), "--count", "10", "--steps", "5"])
    #expect(sampled.status == 0, "\(sampled.errors)")
  }
}
