import ArgumentParser
import DiffusionLab

/// Scores samples against the truth.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score", abstract: "Scores samples against fresh true points, beside the noise floor.",
    discussion: """
      The whole card has for every metric the value of the samples and that of true points in their place, as means \
      with 95 % confidence intervals over fresh true points, the standard deviation of a single true draw, and the \
      limit within which 95 % of true draws are. Metrics of modes and likelihood appear if the truth is a Gaussian \
      mixture.

      The true points of a distribution are drawn anew; those of a file are its rows, in clouds of half of them at \
      most, of which no two that are compared share a row.

      Example: difflab score samples.csv --against swissroll
      Example: difflab score samples.csv --against ring8 --all
      """)

  @Argument(help: "The file of samples; .csv or .npy.")
  var samples: String

  @Option(help: "The truth: a data set's name or a file.")
  var against: String

  @Option(help: "How many of the samples to score. (default: all)")
  var count: Int?

  @Flag(help: "Prints the whole score card instead of the two distances.")
  var all = false

  @Flag(help: "Prints JSON.")
  var json = false

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    try check(count, "--count", in: 1...20_000)
  }

  func run() throws {
    let truth = try DataSource.load(against, reading: ReadingChoices(skipsMissing: reading.skipMissing))
    for note in truth.notes { global.console.note("\(against): \(note)") }
    let points = try reading.points(samples, global.console)
    if let count, count > points.count {
      throw ValidationError("--count \(count): \(samples) has \(points.count) points.")
    }
    if count == nil { try check(points.count, "\(samples): points", in: 1...20_000) }
    let card = try ScoreCard(
      points.prefix(count ?? points.count), against: truth, testsCopying: all, seed: global.seed,
      metrics: all ? Array(ScoreMetric.all) : ScoreMetric.short, threads: global.threads)
    global.console.result(
      json
        ? try card.json()
        : all
          ? (["\(card.count) samples against \(truth.name)\n\n\(card.wholeTable.text)"] + card.remarks)
            .joined(separator: "\n") : card.table)
  }
}
