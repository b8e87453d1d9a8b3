import ArgumentParser
import DiffusionLab

/// The options of reading a table of points.
struct ReadingOptions: ParsableArguments {
  @Option(
    help:
      "The columns of a file that hold x, y and, if named, the label; by name or by number from 1, such as lon,lat.",
    transform: ColumnNames.init)
  var columns: ColumnNames?

  @Flag(help: "Leaves out the rows of a file that lack a value.")
  var skipMissing = false

  /// The choices for the reader.
  var choices: ReadingChoices { ReadingChoices(columns: columns?.names, skipsMissing: skipMissing) }

  /// The data of a name or a path; what was decided in reading them becomes a note.
  /// - Throws: what is wrong with the file, or that the name is unknown or has no columns to choose.
  func source(_ name: String, _ console: Console) throws -> DataSource {
    let source = try DataSource.load(name, reading: choices)
    if let columns, source.available == nil {
      throw ValidationError(
        "--columns \(columns.names.joined(separator: ",")): \(source.name) is no table of points with columns to choose."
      )
    }
    note(source.notes, of: name, console)
    return source
  }

  /// The points in a file; what was decided in reading them becomes a note.
  /// - Throws: what is wrong with the file.
  func points(_ path: String, _ console: Console) throws -> PointCloud {
    let read = try PointCloudFile.load(path, reading: choices)
    note(read.notes, of: path, console)
    return read.cloud
  }

  private func note(_ notes: [String], of name: String, _ console: Console) {
    for note in notes { console.note("\(name): \(note)") }
  }
}

/// The columns of a table that hold x, y and, if named, the label.
struct ColumnNames {
  let names: [String]

  init(_ text: String) throws {
    names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard (2...3).contains(names.count), !names.contains("") else {
      throw ValidationError("name two columns, or three with the label, such as lon,lat.")
    }
  }
}
