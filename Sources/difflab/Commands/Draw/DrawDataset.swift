import ArgumentParser
import DiffusionLab

struct DrawDataset: WritingCommand {
  static let configuration = CommandConfiguration(
    commandName: "dataset", abstract: "Draws the points of a data set, its parts coloured.",
    discussion: "Example: difflab draw dataset pinwheel -o pinwheel.svg")

  @Argument(help: "A data set: a name, or the path of a CSV, NPY or mixture JSON file.")
  var name: String

  @Option(help: "How many points.")
  var count = 2000

  @OptionGroup var output: FigureOutput
  @OptionGroup var figure: FigureOptions
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var global: GlobalOptions

  var outputs: [Output] { output.outputs }
  var inputs: [String] { [name] }

  func validate() throws {
    try check(count, "--count", in: 1...1_000_000)
  }

  func run() throws {
    let source = try reading.source(name, global.console)
    let cloud = try source.sample(count: count, seed: global.seed)
    // On axes of one unit, a coordinate that is much narrower than the other would not show.
    let units = Standardization(of: cloud).flatMap { $0.isShared ? nil : $0 }
    let title = "\(source.name): \(cloud.count) points" + (units == nil ? "" : ", in standard units")
    try figure.write(DatasetFigure(units?.apply(cloud) ?? cloud, title: title), to: output.output)
  }
}
