import ArgumentParser
import DiffusionLab

struct DrawLoss: WritingCommand {
  static let configuration = CommandConfiguration(
    commandName: "loss", abstract: "Draws the loss of a model's training.",
    discussion: "Example: difflab draw loss moons.safetensors -o loss.svg")

  @OptionGroup var model: ModelArgument
  @OptionGroup var output: FigureOutput
  @OptionGroup var figure: FigureOptions
  @OptionGroup var global: GlobalOptions

  var outputs: [Output] { output.outputs }
  var inputs: [String] { [model.model.text] }

  func run() throws {
    try figure.write(LabFigures.loss(try model.model.checkpoint()), to: output.output)
  }
}
