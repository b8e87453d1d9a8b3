import ArgumentParser
import DiffusionLab

/// Scores samples against the truth.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score", abstract: "Scores samples against fresh true points, beside the noise floor.",
    discussion: "Example: difflab score samples.csv --against swissroll")

  @Argument(help: "The file of samples; .csv or .npy.")
  var samples: String

  @Option(help: "The truth: a data set's name or a file.")
  var against: String

  @Option(help: "How many of the samples to score; all where it is left out.")
  var count: Int?

  @Flag(help: "Prints JSON.")
  var json = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    try check(count, "--count", in: 1...20_000)
  }

  func run() throws {
    let truth = try DataSource.load(against)
    let all = try PointCloudFile.read(samples)
    if let count, count > all.count {
      throw ValidationError("--count \(count): \(samples) has \(all.count) points.")
    }
    if count == nil { try check(all.count, "\(samples): points", in: 1...20_000) }
    let card = try ScoreCard(all.prefix(count ?? all.count), against: truth, seed: global.seed)
    global.console.result(json ? try card.json() : card.table)
  }
}
