import ArgumentParser
import DiffusionLab

/// Runs published experiments again.
struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Repeats published 2D experiments and prints our numbers beside theirs.",
    discussion: """
      Names: \(Reproductions.all.list). Each says how its setting differs from the \
      published one, and whether the number is met.

      Example: difflab reproduce
      Example: difflab reproduce kaist-chamfer --json
      """)

  @Argument(
    help: ArgumentHelp("The experiments. (default: all)", valueName: "names"),
    completion: .list(Reproductions.all.names), transform: Reproductions.all.find)
  var experiments: [any Reproduction] = []

  @Flag(help: "Prints JSON; a list for several experiments.")
  var json = false

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let cards = experiments.isEmpty ? Array(Reproductions.all) : experiments
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
