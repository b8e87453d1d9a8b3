import TestSupport
import Testing

@testable import PointClouds

/// Readers must give a value or a ``FileError`` for any bytes. A crash ends the test run, so reaching the end is the
/// claim; the counts check that both outcomes occur.
@Suite("Fuzz: readers of points and mixtures")
struct FuzzTests {
  private let cloud = Moons().sample(count: 6, noise: NoiseSource(seed: 11, purpose: .data))

  /// Reads damaged files and counts what came of them.
  private func run(
    _ mutations: Mutations, _ read: (_ bytes: [UInt8], _ round: Int) throws -> Void
  ) {
    var (accepted, refused) = (0, 0)
    for round in 0..<Mutations.count {
      do {
        try read(mutations.file(round), round)
        accepted += 1
      } catch {
        if !(error is FileError) { Issue.record("round \(round): \(error)") }
        refused += 1
      }
    }
    // One in fifty is noise, and most damage is found in strict formats and none in lenient ones.
    #expect(accepted > Mutations.count / 200 && refused > Mutations.count / 200)
  }

  private func check(_ read: ReadPoints) {
    let cloud = read.cloud
    #expect(cloud.count > 0 && cloud.points.allSatisfy { abs($0.x) <= 1e100 && abs($0.y) <= 1e100 })
    if let labels = cloud.labels {
      #expect(labels.allSatisfy { (0..<(cloud.labelNames?.count ?? 10_000)).contains($0) })
    }
  }

  private func choices(_ round: Int) -> ReadingChoices {
    [
      ReadingChoices(), ReadingChoices(skipsMissing: true), ReadingChoices(columns: ["2", "1"]),
      ReadingChoices(columns: ["x", "y", "3"], skipsMissing: true),
    ][round / 7 % 4]
  }

  @Test("a CSV file with any damage gives points or an error")
  func csv() {
    let seeds = [
      CSVFile.text(of: cloud), "x;y;z\n1,5;2,5;a\n2,5;1,5;b\n", "1.5 2.5\n2.5 1.5\n3 4\n",
      "\"\",\"x\",\"y\",\"species\"\n\"1\",1.5,2.5,\"a \"\"b\"\"\"\n\"2\",2,NA,\"c\"\n",
      "# x\ty\n1.5\t2.5\t1\n2.5\t1.5\t-1\n", "sep=;\r\na;b\r\n1;2\r\n3;4\r\n",
    ].map { Array($0.utf8) }
    let utf16 = Array("\u{FEFF}x,y\n1,2\n3,4\n".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let words = [
      "\"", "\"\"", ",", ";", "\t", "|", "\r\n", "\n", "\r", "#", "//", "nan", "NA", "e", "-", ".",
      "\u{FEFF}", "x", "é",
    ]
    run(Mutations(of: seeds + [utf16], words: words, seed: 1)) { bytes, round in
      check(try CSVFile.parse(bytes, reading: choices(round), path: "p"))
    }
  }

  @Test("an NPY or NPZ file with any damage gives points or an error")
  func npy() {
    let array = NPYFile.bytes(shape: [2, 3], values: [1, 2, 0, 3, 4, 1])
    let types = ["<f4", ">f8", "<i8", "|u1", "<f2", "=i2"].map { type in
      let text = "{'descr': '\(type)', 'fortran_order': True, 'shape': (2, 2), }\n"
      return NPYHeader.magic + [1, 0, UInt8(text.utf8.count), 0] + Array(text.utf8)
        + [UInt8](repeating: 1, count: 32)
    }
    let words = [
      "'descr'", "'shape'", "(2, 2)", "(4, 2)", "(", ")", "'<f8'", "True", "9999999999", "-", "[", ",",
    ]
    run(
      Mutations(of: [array, ZIPArchiveTests.stored, ZIPArchiveTests.deflated] + types, words: words, seed: 2)
    ) {
      bytes, round in
      check(try NPYFile.parse(bytes, reading: choices(round), path: "p"))
    }
  }

  @Test("a deflate stream with any damage gives bytes or nothing")
  func inflate() {
    let seeds = [ZIPArchiveTests.words, [1, 2, 0, 0xFD, 0xFF, 7, 9], [0x4B, 0x04, 0x02, 0x00]]
    let mutations = Mutations(of: seeds, words: [], seed: 3)
    var accepted = 0
    for round in 0..<Mutations.count {
      let bytes = Inflate.bytes(of: mutations.file(round)[...], limit: 5000)
      if let bytes {
        accepted += 1
        #expect(bytes.count <= 5000)
      }
    }
    #expect(accepted > 0 && accepted < Mutations.count)
  }

  @Test("a mixture file with any damage gives a mixture or an error")
  func mixture() {
    let seeds = [
      #"{"weights":[1,3],"means":[[0,1],[2.5,-1]],"covariances":[[[1,0.5],[0.5,2]],[[0.1,0],[0,0.1]]]}"#,
      #"{"weights": [1], "means": [[5, 5]], "covariances": [[[1, 0], [0, 1]]]}"#,
    ].map { Array($0.utf8) }
    let words = [
      "[", "]", "{", "}", ",", ":", "\"", "null", "-", "e400", "1e-320", "1e300", "\\u0000", "true",
    ]
    run(Mutations(of: seeds, words: words, seed: 4)) { bytes, _ in
      let mixture = try MixtureFile.parse(bytes, path: "p")
      _ = mixture.sample(count: 3, noise: NoiseSource(seed: 1, purpose: .data))
    }
  }

  @Test("no reader takes longer than the length of a file allows")
  func linear() {
    // A megabyte each of what costs most: one line, one quote, labels, separators, comments, line ends.
    let pieces = ["1", "\"", ",", "1,2,a", "#\n", "\r", "\"\"", "1;", " 1", "[", "é", "{\"a\":"]
    let clock = ContinuousClock()
    let time = clock.measure {
      for piece in pieces {
        let bytes = Array(String(repeating: piece, count: 1_000_000 / piece.utf8.count).utf8)
        #expect(throws: FileError.self) { try CSVFile.parse(Array("x,y\n".utf8) + bytes, path: "p") }
        #expect(throws: FileError.self) { try MixtureFile.parse(bytes, path: "p") }
        #expect(throws: FileError.self) { try NPYFile.parse(bytes, path: "p") }
      }
    }
    // Some 0.3 s; a cost that grows by the square would take hours.
    #expect(time < .seconds(60))
  }
}
