import ArgumentParser
import DiffusionLab

/// Animates a reverse chain.
struct AnimateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "animate",
    abstract: "Animates the reverse chain of a model as a GIF or as numbered PNG frames.",
    discussion: """
      Example: difflab animate moons.safetensors -o moons.gif
      Example: difflab animate mixture:ring8 -o frames/ --frames 30
      """)

  @OptionGroup var subject: ModelFigureOptions
  @OptionGroup var sampling: SamplingOptions

  @Option(
    name: .shortAndLong, help: "A file ending in .gif, or a folder ending in / for numbered PNG frames.")
  var output: String

  @Option(help: "How many frames.")
  var frames = 60

  @Option(help: "How many particles.")
  var points = 1000

  @OptionGroup var figure: FigureOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    try check(frames, "--frames", in: 1...2000)
    try check(points, "--points", in: 1...50_000)
    if !output.hasSuffix("/") { try check(ending: output, of: ["gif"]) }
  }

  func run() throws {
    let animation =
      switch try subject.anyFigures(global: global) {
      case .plain(let figures):
        figures.animation(
          try sampling.trajectory(of: figures.model, count: points, seed: global.seed), frames: frames,
          points: points)
      case .reflected(let figures):
        figures.animation(
          try sampling.trajectory(of: figures.model, count: points, seed: global.seed), frames: frames,
          points: points)
      }
    try figure.write(animation, to: output, scale: figure.scale)
    global.console.note("\(frames) frames → \(output)")
  }
}
