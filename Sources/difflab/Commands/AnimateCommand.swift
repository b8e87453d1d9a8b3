import ArgumentParser
import DiffusionLab

/// Animates a reverse chain.
struct AnimateCommand: WritingCommand {
  static let configuration = CommandConfiguration(
    commandName: "animate",
    abstract: "Animates the reverse chain of a model as a GIF or as numbered PNG frames.",
    discussion: """
      Example: difflab animate moons.safetensors -o moons.gif
      Example: difflab animate mixture:ring8 -o frames/ --frames 30
      """)

  @OptionGroup var subject: SubjectOptions
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

  var outputs: [Output] { [output.hasSuffix("/") ? .folder(output) : .file(output)] }
  var inputs: [String] { subject.inputs }

  func validate() throws {
    try check(frames, "--frames", in: 1...2000)
    try check(points, "--points", in: 1...50_000)
    if output.lowercased().hasSuffix(".gif"), figure.theme.background == nil {
      throw ValidationError(
        "--theme \(figure.theme.name): a GIF would be opaque; write PNG frames to a folder, such as frames/, or take another theme."
      )
    }
    if !output.hasSuffix("/") { try check(ending: output, of: ["gif"]) }
  }

  func run() throws {
    let figures = try subject.figures(global)
    let chain = try sampling.trajectory(of: figures.model, count: points, seed: global.seed)
    let animation = figures.animation(chain, frames: frames, points: points)
    let removed = try figure.write(animation, to: output, scale: figure.scale)
    global.console.note("\(frames) frames → \(output)")
    if removed > 0 {
      global.console.note("frames after \(frames), of an older animation, were removed: \(removed)")
    }
  }
}
