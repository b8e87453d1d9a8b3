import ArgumentParser
import DiffusionLab

/// Trains a network on a data set.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Trains the network on a data set and writes a checkpoint.",
    discussion: """
      Ctrl-C stops after the current steps and keeps what was learned so far.

      Example: difflab train swissroll -o swissroll.safetensors --steps 10000 --hidden 128x3
      """)

  @Argument(help: "A data set: a name, or the path of a CSV, NPY or mixture JSON file.")
  var name: String

  @Option(name: .shortAndLong, help: "The checkpoint to write (.safetensors).")
  var output: String

  @OptionGroup var training: TrainingOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    try check(ending: output, of: ["safetensors"])
  }

  func run() throws {
    let source = try DataSource.load(name)
    let session = try TrainingSession(source, options: training, global: global)
    let model = try session.run(checkpoint: output)
    global.console.note("\(model.step) steps → \(output)")
  }
}
