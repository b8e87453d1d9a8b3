import ArgumentParser
import DiffusionLab

/// A file or a folder that a command will write.
enum Output {
  /// A file, or a pipe or a device in its place.
  case file(String)
  /// A file that is written several times.
  case checkpoint(String)
  /// A folder for files, of which some have known names.
  case folder(String, files: [String] = [])

  /// The paths of the files whose names are known.
  fileprivate var files: [String] {
    switch self {
    case .file(let path), .checkpoint(let path): [path]
    case .folder(let path, let files): files.map { "\(path)/\($0)" }
    }
  }

  /// Whether the file goes to standard output, by any of its names.
  fileprivate var isStandardOutput: Bool {
    if case .file(let path) = self, case .descriptor(1)? = try? OutputPlace(path) { true } else { false }
  }

  /// Finds out whether it can be written.
  /// - Throws: ``FileError`` that says why not.
  func check() throws(FileError) {
    switch self {
    case .file(let path): try OutputCheck.file(path, streams: true)
    case .checkpoint(let path): try OutputCheck.file(path, streams: false)
    case .folder(let path, let files): try OutputCheck.folder(path, files: files)
    }
  }
}

extension Output {
  /// Checks that all of `outputs` can be written, and that none would destroy another or one of `inputs`.
  static func check(_ outputs: [Output], inputs: [String]) throws {
    var taken: [FileIdentity: String] = [:]
    for input in inputs {
      let path = input.hasPrefix("mixture:") ? String(input.dropFirst("mixture:".count)) : input
      if let identity = FileIdentity(input: path) { taken[identity] = "the input \(path)" }
    }
    for output in outputs {
      for path in output.files {
        guard let identity = FileIdentity(output: path) else { continue }
        if let other = taken[identity] {
          throw ValidationError(
            "\(path) is the same file as \(other), which would be lost; name another file.")
        }
        taken[identity] = path
      }
    }
    for output in outputs { try output.check() }
    if outputs.contains(where: \.isStandardOutput) { Console.leaveOutputToFile() }
  }
}
