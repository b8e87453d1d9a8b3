import ArgumentParser

/// The data sets: what there is, points of one, and the folder that holds them.
struct DatasetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "datasets", abstract: "Lists the data sets, draws points of one, remakes the folder.",
    discussion: "Example: difflab datasets sample moons --count 500 --seed 3 -o moons.csv",
    subcommands: [DatasetsList.self, DatasetsSample.self, DatasetsRemake.self],
    defaultSubcommand: DatasetsList.self)
}
