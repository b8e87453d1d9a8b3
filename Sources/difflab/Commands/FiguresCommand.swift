import ArgumentParser
import DiffusionLab

/// Remakes the gallery.
struct FiguresCommand: WritingCommand {
  static let configuration = CommandConfiguration(
    commandName: "figures", abstract: "Remakes the gallery that the README shows, training included.",
    discussion: "Example: difflab figures --out Figures")

  @Option(help: "The folder.")
  var out = "Figures"

  @OptionGroup var training: TrainingOptions
  @OptionGroup var figure: FigureOptions
  @OptionGroup var global: GlobalOptions

  var outputs: [Output] { [.folder(out)] }

  func validate() throws {
    try training.requireScore("figures")
  }

  func run() throws {
    for name in Gallery.datasets {
      let source = try DataSource.load(name)
      global.console.note("training on \(name)")
      let trained = try TrainingSession(source, options: training, global: global).run(checkpoint: nil)
      let shown = try Gallery(trained: trained, source: source, threads: global.threads)
      for (file, drawn) in shown.figures { try write(drawn, file) }
      try figure.write(shown.animation, to: "\(out)/\(name)-animation.gif", scale: 0.8)
      global.console.note("\(out)/\(name)-animation.gif")
    }
    for (file, drawn) in try Gallery.general(seed: global.seed) { try write(drawn, file) }
  }

  private func write(_ drawn: any Figure, _ file: String) throws {
    try figure.write(drawn, to: "\(out)/\(file)")
    global.console.note("\(out)/\(file)")
  }
}
