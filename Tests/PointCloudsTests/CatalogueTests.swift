import TestSupport
import Testing

@testable import PointClouds

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite("The catalogue")
struct CatalogueTests {
  /// `Datasets` of this repository.
  private static let repository = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  @Test("the files in Datasets are those that it writes, byte for byte")
  func regenerates() throws {
    let folder = Self.repository + "/Datasets"
    for file in Catalogue.files {
      // Compared as a whole: the difference of two long texts is no message.
      let isSame = try AtomicFile.read("\(folder)/\(file.name)") == Array(file.text.utf8)
      #expect(isSame, "\(file.name) differs")
    }
  }

  @Test("catalogue.json states name, generator, parameters, seed, count and description of each set")
  func json() throws {
    struct Listing: Decodable {
      struct DataSet: Decodable {
        let name, description, generator, file: String
        let seed, count, labels: Int
      }
      let datasets: [DataSet]
    }
    let text = try #require(Catalogue.files.last { $0.name == "catalogue.json" }?.text)
    let listing = try JSONDecoder().decode(Listing.self, from: Data(text.utf8))
    #expect(listing.datasets.map(\.name) == Toys.all.names)
    #expect(listing.datasets[0].generator == "SwissRoll")
    #expect(listing.datasets.allSatisfy { $0.seed == 1 && $0.count == 2_000 && !$0.description.isEmpty })
    // A set without parts has no labels, where the toy counts the whole as one part.
    #expect(listing.datasets.map { max($0.labels, 1) } == Toys.all.map(\.parts))
    #expect(listing.datasets.prefix(4).map(\.labels) == [0, 2, 8, 25])
  }

  @Test("writing makes every file and leaves others alone")
  func write() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write("0,0\n1,1\n", to: folder + "/mine.csv")
      let paths = try Catalogue.write(to: folder)
      #expect(paths.count == Toys.all.count + 1)
      for file in Catalogue.files {
        #expect(try AtomicFile.read("\(folder)/\(file.name)").count == file.text.utf8.count)
      }
      #expect(try AtomicFile.read(folder + "/mine.csv").count == 8)
    }
  }

  @Test("a CSV dropped into the folder is listed and described from its content, a broken one too")
  func dropped() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write("x,y,label\n0,0,0\n1,1,3\n2,2,3\n", to: folder + "/stars.csv")
      try AtomicFile.write("0,0\n1,1\n", to: folder + "/Plain.CSV")
      try AtomicFile.write("0,0\n1,one\n", to: folder + "/broken.csv")
      try AtomicFile.write("not listed", to: folder + "/notes.txt")
      try AtomicFile.write("0,0\n1,1\n", to: folder + "/moons.csv")  // a toy's name: the toy has it
      let catalogue = Catalogue(folder: folder)
      let added = catalogue.entries.dropFirst(Toys.all.count)
      #expect(added.map(\.name) == ["Plain", "broken", "stars"])
      #expect(
        added.map(\.summary) == [
          "a file of 2 points without labels", "cannot be used: line 2: y is \"one\", not a number",
          "a file of 3 points with 2 labels",
        ])
      #expect(catalogue.names == catalogue.entries.map(\.name))
      #expect(try DataSource.load("stars", catalogue: catalogue).available == 3)
    }
  }

  @Test("the folder is found from below")
  func nearestFolder() {
    let expected = Self.repository + "/Datasets"
    #expect(Catalogue.nearestFolder(from: Self.repository) == expected)
    #expect(Catalogue.nearestFolder(from: Self.repository + "/Sources/PointClouds") == expected)
    #expect(Catalogue.nearestFolder(from: "/nowhere") == nil)
    #expect(Catalogue(folder: "/no/such/folder").names == Toys.all.names)
  }
}
