import ArgumentParser
import DiffusionLab

/// The data sets: what there is, points of one, and the folder that holds them.
struct DatasetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "datasets", abstract: "Lists the data sets, draws points of one, remakes the folder.",
    discussion: "Example: difflab datasets sample moons --count 500 --seed 3 -o moons.csv",
    subcommands: [List.self, Sample.self, Remake.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists every data set with a line about it.", discussion: "Example: difflab datasets list")

    @OptionGroup var global: GlobalOptions

    func run() throws {
      global.console.result(TextTable.leftAligned(Catalogue().entries.map { [$0.name, $0.summary] }))
    }
  }

  struct Sample: WritingCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes points of a data set as CSV or NPY.",
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

  struct Remake: WritingCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remakes the folder of data sets, byte for byte the same.",
      discussion: "Example: difflab datasets remake --out Datasets")

    @Option(help: "The folder.")
    var out = "Datasets"

    @OptionGroup var global: GlobalOptions

    var outputs: [Output] { [.folder(out)] }

    func run() throws {
      for path in try Catalogue.write(to: out) { global.console.note(path) }
    }
  }
}
