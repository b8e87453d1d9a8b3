import ArgumentParser
import DiffusionLab

/// What every command that draws one figure understands.
struct DrawingOptions: ParsableArguments {
  @OptionGroup var output: FigureOutput
  @OptionGroup var figure: FigureOptions
  @OptionGroup var global: GlobalOptions
}

/// A command that draws one figure into a file.
protocol DrawingCommand: WritingCommand {
  var drawing: DrawingOptions { get }
}

extension DrawingCommand {
  var outputs: [Output] { [.file(drawing.output.output)] }
  var global: GlobalOptions { drawing.global }

  /// Draws the figure into the file that the user named.
  func write(_ figure: any Figure) throws { try drawing.figure.write(figure, to: drawing.output.output) }
}
