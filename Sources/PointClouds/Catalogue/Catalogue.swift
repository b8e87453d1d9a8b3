#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The data sets that have a name: the registered toys, and every CSV file of a `Datasets` folder.
public struct Catalogue: Sendable {
  /// One data set of the list.
  package struct Entry: Sendable, Hashable {
    /// Its name.
    package let name: String
    /// What it is, in one line; for a file, what it holds or what is wrong with it.
    package let summary: String
    /// The file that holds it, `nil` for a toy.
    package let path: String?
  }

  /// The seed of the CSV files in `Datasets`.
  package static let seed: UInt64 = 1
  /// The number of points in each of them.
  package static let count = 2_000

  /// The folder whose CSV files are listed; `nil` if there is none.
  package let folder: String?

  /// The catalogue with the CSV files of `folder`, or of the nearest `Datasets` folder found by walking up
  /// from the current directory.
  public init(folder: String? = nil) {
    self.folder = folder ?? Catalogue.nearestFolder(from: FileManager.default.currentDirectoryPath)
  }

  /// The toys, then the other CSV files of the folder by name.
  ///
  /// An unreadable file is listed with what is wrong with it.
  /// - Complexity: it reads every CSV file of the folder, except those of toys.
  package var entries: [Entry] {
    let toys = Toys.all.map { Entry(name: $0.name, summary: $0.summary, path: nil) }
    let files = droppedFiles.map { file in
      Entry(name: file.name, summary: Catalogue.describe(file.path), path: file.path)
    }
    return toys + files
  }

  /// The names of all data sets, without reading any file.
  public var names: [String] { Toys.all.names + droppedFiles.map(\.name) }

  /// The path of the folder's CSV file with this name; `nil` if there is none or a toy has the name.
  package func file(named name: String) -> String? {
    droppedFiles.first { $0.name == name }?.path
  }

  private var droppedFiles: [(name: String, path: String)] {
    guard let folder, let files = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      return []
    }
    return
      files
      .filter { $0.ending == "csv" && !$0.hasPrefix(".") && Toys.all.named($0.stem) == nil }
      .sorted()
      .map { ($0.stem, "\(folder)/\($0)") }
  }

  /// The nearest folder called `Datasets` with a `catalogue.json` in it, at or above `start`.
  static func nearestFolder(from start: String) -> String? {
    var place = start[...]
    while true {
      let folder = "\(place)/Datasets"
      if FileManager.default.fileExists(atPath: folder + "/catalogue.json") { return folder }
      guard let slash = place.lastIndex(of: "/") else { return nil }
      place = place[..<slash]
    }
  }

  private static func describe(_ path: String) -> String {
    do throws(FileError) {
      let cloud = try CSVFile.read(path)
      let labels = Set(cloud.labels ?? []).count
      let parts = labels == 0 ? "without labels" : "with \(labels) label\(labels == 1 ? "" : "s")"
      return "a file of \(cloud.count) points \(parts)"
    } catch {
      let place = error.line.map { "line \($0): " } ?? ""
      return "cannot be used: \(place)\(error.problem)"
    }
  }
}
