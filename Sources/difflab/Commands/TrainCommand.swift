import ArgumentParser
import DiffusionLab

/// Trains a network on a data set.
struct TrainCommand: WritingCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Trains the network on a data set and writes a checkpoint.",
    discussion: """
      Ctrl-C or a hang-up stops after the current steps and keeps what was learned; --resume continues from there \
      and ends with the same bits as an uninterrupted run.

      Example: difflab train swissroll -o swissroll.safetensors --steps 10000 --hidden 128x3
      Example: difflab train swissroll -o swissroll.safetensors --resume swissroll.safetensors
      Example: difflab train swissroll -o quick.safetensors --seconds 5
      """)

  @Argument(help: "A data set: a name, or the path of a CSV, NPY or mixture JSON file.")
  var name: String

  @Option(name: .shortAndLong, help: "The checkpoint to write (.safetensors).")
  var output: String

  @Option(help: "A checkpoint whose training continues, by its own recipe.")
  var resume: String?

  @Option(help: ArgumentHelp("Seconds between two checkpoints on the way.", visibility: .hidden))
  var saveEvery = 30.0

  @OptionGroup var training: TrainingOptions
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var global: GlobalOptions

  var outputs: [Output] { [.checkpoint(output)] }
  var inputs: [String] { [name] }

  func validate() throws {
    try check(ending: output, of: ["safetensors"])
    try check(saveEvery, "--save-every", in: 0...86_400)
    if resume != nil && (training.seconds != nil || training.base != nil) {
      throw ValidationError(
        "--resume goes on by the recipe of the checkpoint; leave --recipe and --seconds out.")
    }
  }

  func run() throws {
    let source = try reading.source(name, global.console)
    let session =
      if let resume {
        try TrainingSession(resuming: resume, source, options: training, global: global)
      } else {
        try TrainingSession(source, options: training, global: global)
      }
    let model = try session.run(checkpoint: output, every: .seconds(saveEvery))
    global.console.note("\(model.step) steps → \(output)")
  }
}
