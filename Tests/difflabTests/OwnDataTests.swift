import Foundation
import Testing

@Suite("A user's own data on the command line")
struct OwnDataTests {
  private static let quick = ["--hidden", "16x1", "-q"]

  @Test("A file with a toy's name is not the toy: nothing exact stands beside its model")
  func namedLikeAToy() throws {
    let folder = try TemporaryFolder()
    func run(_ arguments: [String]) throws -> CommandLineTool.Outcome {
      try CommandLineTool.run(arguments, in: folder.path)
    }
    _ = try run(["datasets", "sample", "swissroll", "--count", "40", "-o", "ring8.csv", "-q"])
    #expect(try run(["train", "ring8.csv", "-o", "m.safetensors", "--steps", "20"] + Self.quick).status == 0)
    for command in [
      ["likelihood"], ["bound", "--steps", "5"], ["evaluate"], ["draw", "errors", "-o", "e.svg"],
    ] {
      let refused = try run(command + ["m.safetensors"])
      #expect(refused.status == 64, "\(command): \(refused.output)")
      #expect(refused.errors.contains("40 rows of ring8.csv; name the data with --data"), "\(refused.errors)")
    }
    let named = try run(["likelihood", "m.safetensors", "--data", "ring8.csv", "--points", "50"])
    #expect(named.status == 0 && !named.output.contains("exact"), "\(named.errors)")
    #expect(named.output.contains("log p of 4 points"), "as many as are held out: \(named.output)")
    let toy = try run(["evaluate", "m.safetensors", "--data", "ring8", "--points", "50", "--levels", "2"])
    #expect(toy.status == 0 && !toy.output.contains("floor"), "\(toy.errors)")
    #expect(toy.errors.contains("was trained on 40 rows of ring8.csv, not on the toy ring8"))
    // The toy itself keeps its exact numbers.
    #expect(try run(["train", "ring8", "-o", "t.safetensors", "--steps", "20"] + Self.quick).status == 0)
    let exact = try run(["likelihood", "t.safetensors", "--points", "5"])
    #expect(exact.status == 0 && exact.output.contains("exact"), "\(exact.errors)")
  }

  @Test("Nothing in a checkpoint is opened, and what is printed of it is harmless")
  func hostileCheckpoint() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("m.safetensors")
    _ = try CommandLineTool.run(["train", "moons", "-o", path, "--steps", "5"] + Self.quick)
    let bytes = try folder.bytes("m.safetensors")
    for name in [
      "/dev/zero", "../m.fifo", "\\u001b[2J", "a|b\\n<script>", String(repeating: "q", count: 1_000_000),
    ] {
      let header = String(decoding: bytes.dropFirst(8).prefix(while: { $0 != 0x7D }), as: UTF8.self)
      let length = Int(bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
      var json = String(decoding: bytes.dropFirst(8).prefix(length), as: UTF8.self)
      #expect(header.contains("\"dataset\":\"moons\""))
      json = json.replacing("\"dataset\":\"moons\"", with: "\"dataset\":\"\(name)\"")
      json = json.replacing("\"data_toy\":\"moons\"", with: "\"data_toy\":\"\(name)\"")
      let size = (0..<8).map { UInt8(truncatingIfNeeded: json.utf8.count >> (8 * $0)) }
      try (Data(size) + Data(json.utf8) + bytes.dropFirst(8 + length)).write(to: URL(filePath: path))
      for command in [
        ["evaluate", path], ["compare", path, "--steps", "2", "--count", "9"],
        ["draw", "reverse", path, "-o", folder.file("r.svg")],
      ] {
        let outcome = try CommandLineTool.run(command)
        #expect(outcome.status == 64, "\(outcome.errors.prefix(200))")
        #expect(outcome.errors.count < 600 && !outcome.errors.contains("\u{1B}"))
        #expect(outcome.errors.contains("--data"))
      }
    }
  }

  @Test("Columns of very different scale are both learned, and everything knows their units")
  func columns() throws {
    let folder = try TemporaryFolder()
    var text = "x,y\n"
    for i in 0..<2000 {
      // A regular grid of a uniform law: standard deviations 577,350 and 0.577.
      text += "\(Double(i % 50) * 4e4 - 98e4),\(Double(i / 50) / 20 - 0.975)\n"
    }
    let data = try folder.write(text, "own.csv")
    let model = folder.file("m.safetensors")
    let trained = try CommandLineTool.run(
      ["train", data, "-o", model, "--steps", "400", "--hidden", "32x2", "--batch", "128"])
    #expect(trained.status == 0 && trained.errors.contains("each is divided by its own"), "\(trained.errors)")
    let sampled = try CommandLineTool.run(
      ["sample", model, "-o", folder.file("s.csv"), "--count", "2000", "--steps", "50"])
    #expect(sampled.status == 0)
    let rows = String(decoding: try folder.bytes("s.csv"), as: UTF8.self).split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",").compactMap { Double($0) } }
    for (axis, expected) in [(0, 577_350.0), (1, 0.57735)] {
      let mean = rows.reduce(0) { $0 + $1[axis] } / 2000
      let std = (rows.reduce(0) { $0 + ($1[axis] - mean) * ($1[axis] - mean) } / 2000).squareRoot()
      // 2,000 draws give it to 2 %, so little training to 20 %.
      #expect(abs(std / expected - 1) < 0.25, "\(std) for \(expected)")
    }
    let likelihood = try CommandLineTool.run(["likelihood", model, "--data", data])
    let mean = try #require(likelihood.output.firstMatch(of: /mean log p +(-[\d.]+)/)?.1)
    // A uniform law on 2e6 × 2 has log density −log 4e6 = −15.2.
    #expect(abs((Double(mean) ?? 0) + 15.2) < 0.5, "\(mean)")
    let density = try CommandLineTool.run(
      ["draw", "density", model, "--data", data, "-o", folder.file("d.svg"), "--cells", "40"])
    let integral = try #require(density.output.firstMatch(of: /model: integral ([\d.]+)/)?.1)
    // So short a training smears the edges over the window's; a forgotten scale would show as a factor of 1,000.
    #expect(abs((Double(integral) ?? 0) - 1) < 0.3, "\(integral)")
  }

  @Test("A lab of two, of three and of 140 points ends, and counts copies where rows were held out")
  func small() throws {
    let folder = try TemporaryFolder()
    var text = "x,y\n0,0\n1,1\n"
    for count in [2, 3, 140] {
      while text.split(separator: "\n").count <= count {
        let i = Double(text.count % 97)
        text += "\(i / 97),\((i * i).truncatingRemainder(dividingBy: 31) / 31)\n"
      }
      let data = try folder.write(text, "own.csv")
      let lab = try CommandLineTool.run(
        ["lab", data, "--out", folder.file("lab"), "--steps", "20", "--count", "100", "--hidden", "16x1"])
      #expect(lab.status == 0, "\(count): \(lab.errors)")
      #expect(lab.errors.contains("\(count == 140 ? 126 : count) of the \(count) rows"), "\(lab.errors)")
      #expect(lab.errors.contains("memorize"))
      #expect(lab.output.contains("copying:") == (count == 140), "\(lab.output)")
      #expect(lab.output.contains("too few to hold any out") == (count < 140), "\(lab.output)")
    }
  }

  @Test("Copies are counted and drawn for any model whose training points are known")
  func copies() throws {
    let folder = try TemporaryFolder()
    let model = folder.file("m.safetensors")
    _ = try CommandLineTool.run(
      ["train", "moons", "-o", model, "--steps", "20", "--points", "500"] + Self.quick)
    let drawn = try CommandLineTool.run(
      ["draw", "copies", model, "-o", folder.file("c.svg"), "--count", "100", "--steps", "5"])
    #expect(
      drawn.status == 0 && drawn.output.contains("nearer to the 500 training points"), "\(drawn.errors)")
    #expect(try folder.bytes("c.svg").count > 5000)
    let exact = try CommandLineTool.run(["draw", "copies", "mixture:ring8", "-o", folder.file("c.svg")])
    #expect(exact.status == 64 && exact.errors.contains("never trained"))
  }

  @Test("Data that are nothing like a model's are refused with both scales, before a number is wrong")
  func otherUnits() throws {
    let folder = try TemporaryFolder()
    let model = folder.file("m.safetensors")
    _ = try CommandLineTool.run(["train", "moons", "-o", model, "--steps", "5"] + Self.quick)
    let far = try folder.write("x,y\n1e50,0\n2e50,3e50\n", "far.csv")
    let small = try folder.write("x,y\n1e-9,0\n2e-9,3e-9\n", "small.csv")
    for data in [far, small] {
      for command in [
        ["evaluate"], ["bound", "--steps", "3"], ["likelihood"],
        ["draw", "errors", "-o", folder.file("e.svg")],
      ] {
        let refused = try CommandLineTool.run(command + [model, "--data", data])
        #expect(refused.status == 64 && refused.errors.contains("is nothing like them"), "\(refused.errors)")
      }
    }
    let at = try CommandLineTool.run(["likelihood", model, "--at", far])
    #expect(at.status == 64, "\(at.output)")
  }

  @Test("A file gives the rows that it has, and the note says how many these are")
  func fewerRows() throws {
    let folder = try TemporaryFolder()
    let data = try folder.write("x,y\n1,2\n3,4\n5,7\n", "own.csv")
    let all = try CommandLineTool.run(
      ["datasets", "sample", data, "--count", "9", "-o", folder.file("o.csv")])
    #expect(
      all.status == 0 && all.errors.contains("3 points of \(data), all that there are"), "\(all.errors)")
    #expect(String(decoding: try folder.bytes("o.csv"), as: UTF8.self) == "x,y\n1.0,2.0\n3.0,4.0\n5.0,7.0\n")
    let some = try CommandLineTool.run(
      ["datasets", "sample", data, "--count", "2", "-o", folder.file("o.csv")])
    #expect(some.errors.contains("2 points of \(data) →"))
  }

  @Test(
    "With too few rows a measure is refused or says so, whatever it needs", arguments: [2, 3, 9, 10, 12, 25])
  func fewRows(count: Int) throws {
    let folder = try TemporaryFolder()
    let rows = (0..<count).map { "\(Double($0 * $0 % 7)),\(Double($0) / 3)" }
    let data = try folder.write("x,y\n" + rows.joined(separator: "\n") + "\n", "own.csv")
    let model = folder.file("m.safetensors")
    _ = try CommandLineTool.run(
      ["train", data, "-o", model, "--steps", "5", "--timesteps", "8"] + Self.quick)
    for command in [
      ["evaluate", model], ["bound", model, "--steps", "3"], ["likelihood", model, "--steps", "4"],
    ] {
      let outcome = try CommandLineTool.run(command + ["--data", data])
      let isRefused = (10..<20).contains(count) && command[0] != "likelihood"
      #expect(outcome.status == (isRefused ? 1 : 0), "\(command[0]): \(outcome.errors)")
      #expect(
        !isRefused || outcome.errors.contains("has \(count) rows, too few to measure on; give at least 20"))
      #expect((count < 10) == outcome.errors.contains("too few to hold any out"), "\(outcome.errors)")
      #expect(outcome.output.firstMatch(of: /\b(nan|inf)\b/) == nil, "\(outcome.output)")
    }
    let quality = try CommandLineTool.run(
      ["quality", data, "--steps", "5", "--clouds", "2", "--sampling-steps", "2"] + Self.quick)
    // Nine rows without a held-out part give clouds of two.
    #expect(quality.status == (count == 9 ? 0 : 1), "\(quality.errors)")
    #expect(
      count == 9 || quality.errors.contains("too few to measure on; give at least 40"), "\(quality.errors)")
  }
}
