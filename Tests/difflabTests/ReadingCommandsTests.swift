import Foundation
import Testing

@Suite("Files of points on the command line")
struct ReadingCommandsTests {
  private func run(_ arguments: String...) throws -> CommandLineTool.Outcome {
    try CommandLineTool.run(arguments)
  }

  @Test(
    "Every dialect is drawn and sampled",
    arguments: [
      "x;y\n1,5;2,5\n2,5;1,5\n", "\u{FEFF}x;y\r\n1,5;2,5\r\n2,5;1,5\r\n", "x\ty\n1.5\t2.5\n2.5\t1.5\n",
      "1.5 2.5\n2.5 1.5\n", "\"x\",\"y\"\n\"1.5\",\"2.5\"\n\"2.5\",\"1.5\"\n",
      "# made by R\nx,y\n1.5,2.5\n2.5,1.5\n",
    ])
  func dialects(text: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, "own.csv")
    let outcome = try run("datasets", "sample", path, "--count", "2", "-o", folder.file("s.csv"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try folder.bytes("s.csv") == Data("x,y\n1.5,2.5\n2.5,1.5\n".utf8))
    #expect(!outcome.errors.contains("taken as x"))
    #expect(try run("draw", "dataset", path, "--count", "2", "-o", folder.file("s.svg")).status == 0)
  }

  @Test("Columns that are not plainly x and y are named in a note, and --columns chooses others")
  func columns() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("id,lon,lat,species\n7,1.5,2.5,setosa\n9,2.5,1.5,virginica\n", "own.csv")
    let sample = ["datasets", "sample", path, "--count", "2", "-o", folder.file("s.csv")]
    let plain = try CommandLineTool.run(sample)
    #expect(
      plain.status == 0 && plain.errors.contains("own.csv: columns id and lon of 4 are taken as x and y"))
    let chosen = try CommandLineTool.run(sample + ["--columns", "lon,lat"])
    #expect(chosen.status == 0 && !chosen.errors.contains("taken as"))
    #expect(
      try folder.bytes("s.csv") == Data("x,y,label\n1.5,2.5,setosa\n2.5,1.5,virginica\n".utf8))
    let missing = try CommandLineTool.run(sample + ["--columns", "lon,height"])
    #expect(missing.status == 1)
    #expect(missing.errors.contains("the column \"height\" is missing; there are id, lon, lat and species"))
    for bad in ["lon", "", "a,b,c,d", "lon,"] {
      #expect(try CommandLineTool.run(sample + ["--columns", bad]).status == 64)
    }
    let toy = try run("datasets", "sample", "moons", "-o", folder.file("t.csv"), "--columns", "1,2")
    #expect(toy.status == 64 && toy.errors.contains("no table of points"))
  }

  @Test("Rows that lack a value are refused by line, and left out with a note by --skip-missing")
  func missing() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("x,y\n1.5,2.5\n,\n2.5,1.5\n", "own.csv")
    let sample = ["datasets", "sample", path, "--count", "2", "-o", folder.file("s.csv")]
    let refused = try CommandLineTool.run(sample)
    #expect(refused.status == 1 && refused.errors.contains("own.csv:3: 1 row lacks a value: line 3"))
    let skipped = try CommandLineTool.run(sample + ["--skip-missing"])
    #expect(skipped.status == 0 && skipped.errors.contains("1 row that lacks a value is left out: line 3"))
  }

  @Test("One point is enough for a likelihood, whose CSV reads back")
  func single() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("x,y\n0.1,1e-9\n", "one.csv")
    let outcome = try run(
      "likelihood", "mixture:ring8", "--at", path, "--steps", "4", "-o", folder.file("logp.csv"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = try String(decoding: folder.bytes("logp.csv"), as: UTF8.self).split(separator: "\n")
    #expect(lines.first == "x,y,log_p,exact" && lines.last?.hasPrefix("0.1,1e-09,") == true)
  }

  @Test("A tiny unit keeps its digits in scores")
  func tiny() throws {
    let folder = try TemporaryFolder()
    let rows = (0..<60).map { "\(Double($0 * $0 % 61) * 1e-9),\(Double($0 * 7 % 60) * 1e-9)\n" }
    let truth = try folder.write("x,y\n" + rows.joined(), "truth.csv")
    let samples = try folder.write("x,y\n" + rows.prefix(20).joined(), "samples.csv")
    let outcome = try run("score", samples, "--against", truth)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("e-09") && !outcome.output.contains("0.0000"), "\(outcome.output)")
  }
}
