import ArgumentParser
import DiffusionLab

/// Lists the data sets.
struct DatasetsList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists every data set with a line about it.",
    discussion: "Example: difflab datasets list")

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let entries = Catalogue().entries
    let width = entries.reduce(0) { max($0, $1.name.count) }
    for entry in entries {
      global.console.result("\(entry.name.padded(to: width))  \(entry.summary)")
    }
  }
}
