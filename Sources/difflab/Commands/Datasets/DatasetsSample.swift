import ArgumentParser
import DiffusionLab

/// Draws points of a data set.
struct DatasetsSample: WritingCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Writes points of a data set as CSV or NPY.",
    discussion: "Example: difflab datasets sample swissroll --count 2000 --seed 1 -o swissroll.csv")

  @Argument(help: "A name of the list, or the path of a CSV, NPY or mixture JSON file.")
  var name: String

  @Option(help: "How many points.")
  var count = 2000

  @Option(name: .shortAndLong, help: "The file to write; .csv or .npy.")
  var output: String

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var global: GlobalOptions

  var outputs: [Output] { [.file(output)] }
  var inputs: [String] { [name] }

  func validate() throws {
    try check(count, "--count", in: 1...DataSource.largestCount)
    try check(ending: output, of: ["csv", "npy"])
  }

  func run() throws {
    let cloud = try reading.source(name, global.console).sample(count: count, seed: global.seed)
    try PointCloudFile.write(cloud, to: output)
    global.console.note(
      "\(cloud.count) points of \(name)\(cloud.count < count ? ", all that there are" : "") → \(output)")
  }
}
