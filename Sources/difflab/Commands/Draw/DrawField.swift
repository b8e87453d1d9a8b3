import ArgumentParser
import DiffusionLab

struct DrawField: WritingCommand {
  static let configuration = CommandConfiguration(
    commandName: "field",
    abstract: "Draws the score at one time as arrows over the density of the noisy data.",
    discussion: "Example: difflab draw field ring8.safetensors -o field.svg --time 0.3")

  @OptionGroup var subject: SubjectOptions

  @Option(
    help:
      "The time: 0 is data, 1 is noise. (default: \(LabFigures.fieldTime), or the first step's)"
  )
  var time: Double?

  @OptionGroup var output: FigureOutput
  @OptionGroup var figure: FigureOptions
  @OptionGroup var global: GlobalOptions

  var outputs: [Output] { output.outputs }
  var inputs: [String] { subject.inputs }

  func validate() throws {
    if let time, !(time > 0 && time <= 1) {
      throw ValidationError("--time \(time): give a time above 0 and up to 1; at 0 there is no noise.")
    }
  }

  func run() throws {
    let figures = try subject.figures(global)
    let time = time ?? figures.fieldTime
    let first = figures.model.scene.firstNoisyTime
    guard time >= first else {
      throw ValidationError("--time \(time): the model's chain has no noise there yet; it begins at \(first).")
    }
    guard let field = figures.field(time: time) else {
      throw ValidationError("\(subject.reference.text): \(figures.model.knowledge).")
    }
    try figure.write(field, to: output.output)
  }
}
