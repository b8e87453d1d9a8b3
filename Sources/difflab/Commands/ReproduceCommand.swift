import ArgumentParser
import DiffusionLab

/// Runs published experiments again.
struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Runs published 2D experiments again and prints ours beside theirs.",
    discussion: """
      Names: \(Reproductions.all.map(\.name).joined(separator: ", ")). Each says how its setting differs from the \
      published one, and whether the number is met.

      Example: difflab reproduce
      Example: difflab reproduce kaist-chamfer --json
      """)

  @Argument(help: "The experiments. (default: all)")
  var names: [String] = []

  @Flag(help: "Prints JSON: a list where there are several experiments.")
  var json = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    for name in names where Reproductions.named(name) == nil {
      throw unknown(name, "the experiment", among: Reproductions.all.map(\.name))
    }
  }

  func run() throws {
    let cards = names.isEmpty ? Reproductions.all : names.compactMap(Reproductions.named)
    var reports: [ReproductionReport] = []
    for card in cards {
      global.console.note("\(card.name): \(card.summary) …")
      let report = try ReproductionReport(card, seed: global.seed, threads: global.threads)
      if !json { global.console.result(report.text + "\n") }
      reports.append(report)
    }
    if json { global.console.result(try reports.count == 1 ? reports[0].json() : reports.json()) }
  }
}
