import ArgumentParser
import DiffusionLab

/// Remakes the folder of data sets.
struct DatasetsRemake: WritingCommand {
  static let configuration = CommandConfiguration(
    commandName: "remake", abstract: "Remakes the folder of data sets, byte for byte the same.",
    discussion: "Example: difflab datasets remake --out Datasets")

  @Option(help: "The folder.")
  var out = "Datasets"

  @OptionGroup var global: GlobalOptions

  var outputs: [Output] { [.folder(out)] }

  func run() throws {
    for path in try Catalogue.write(to: out) { global.console.note(path) }
  }
}
