extension Catalogue {
  /// The files of the `Datasets` folder: one CSV per toy, and `catalogue.json`, which describes how they were made.
  package static var files: [(name: String, text: String)] {
    let noise = NoiseSource(seed: seed, purpose: .data)
    let clouds = Toys.all.map { toy in
      (name: "\(toy.name).csv", text: CSVFile.text(of: toy.sample(count: count, noise: noise)))
    }
    return clouds + [(name: "catalogue.json", text: description)]
  }

  /// Writes the files of the `Datasets` folder; other files in it stay.
  /// - Returns: the paths that were written.
  /// - Throws: ``FileError`` if the folder cannot be written.
  @discardableResult
  package static func write(to folder: String) throws(FileError) -> [String] {
    var paths: [String] = []
    for file in files {
      let path = "\(folder)/\(file.name)"
      try AtomicFile.write(file.text, to: path)
      paths.append(path)
    }
    return paths
  }

  /// The text of `catalogue.json`.
  private static var description: String {
    let sets = Toys.all.map { toy in
      let parameters = toy.parameters.map { "        \"\($0.name)\": \($0.value)" }
      return """
            {
              "name": "\(toy.name)",
              "description": "\(toy.summary)",
              "generator": "\(type(of: toy))",
              "parameters": {
        \(parameters.joined(separator: ",\n"))
              },
              "labels": \(toy.parts > 1 ? toy.parts : 0),
              "file": "\(toy.name).csv",
              "seed": \(seed),
              "count": \(count)
            }
        """
    }
    return """
      {
        "datasets": [
      \(sets.joined(separator: ",\n"))
        ]
      }

      """
  }
}
