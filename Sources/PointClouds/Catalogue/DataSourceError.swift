/// The reason why a name or a path gives no points.
public enum DataSourceError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Nothing has this name.
  case unknown(UnknownName)
  /// A count of 0, negative, or beyond `DataSource/largestCount`.
  case count(Int)
  /// A file has fewer rows than a measurement needs.
  case tooFewRows(name: String, count: Int, needed: Int)
  /// The file cannot be used.
  case file(FileError)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .unknown(let unknown):
      return """
        there is no \(unknown.kind) \(unknown.name.printable.quoted). \(unknown.remedy); or give the path of a \
        CSV, NPY or mixture JSON file
        """
    case .count(let count):
      return "\(count) points cannot be drawn; ask for 1 to \(DataSource.largestCount)"
    case .tooFewRows(let name, let count, let needed):
      return
        "\(name) has \(count) row\(count == 1 ? "" : "s"), too few to measure on; give at least \(needed)"
    case .file(let error):
      return error.description
    }
  }
}
