import ArgumentParser
import DiffusionLab

/// What every command that draws understands.
struct FigureOptions: ParsableArguments {
  @Option(
    help: "The colours: \(Theme.all.list). (default: \(Theme.light.name))",
    completion: .list(Theme.all.names), transform: Theme.all.find)
  var theme = Theme.light

  @Option(help: "PNG pixels per point.")
  var scale = 2.0

  func validate() throws {
    try check(scale, "--scale", in: 0.1...10)
  }

  /// Draws a figure into a file; the path's ending picks the format.
  func write(_ figure: any Figure, to path: String) throws {
    _ = Self.fontsChecked
    try Rendering.write(figure.draw(theme: theme), to: path, scale: scale)
  }

  /// Draws an animation into a GIF, or into a folder of PNG frames.
  /// - Parameter scale: pixels per point.
  /// - Returns: how many frames of a longer animation were removed from the folder.
  @discardableResult
  func write(_ animation: ReverseAnimation, to path: String, scale: Double) throws -> Int {
    _ = Self.fontsChecked
    return try Rendering.write(animation.draw(theme: theme), to: path, scale: scale)
  }

  /// Says once what is wrong with the fonts of this machine, if anything.
  private static let fontsChecked: Void = {
    if let problem = Rendering.fontProblem { Console(quiet: false).warning("\(problem)") }
  }()
}

/// The file that a figure goes to.
struct FigureOutput: ParsableArguments {
  @Option(name: .shortAndLong, help: "The file to write; its ending picks the format: .svg, .png or .pdf.")
  var output: String

  func validate() throws {
    try check(ending: output, of: ["svg", "png", "pdf"])
  }
}
