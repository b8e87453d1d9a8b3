import ArgumentParser
import DiffusionLab

struct DrawDensity: DrawingCommand {
  static let configuration = CommandConfiguration(
    commandName: "density",
    abstract: "Draws a model's density by the probability-flow ODE beside the true one.",
    discussion: """
      Prints the integral of the model's density over the window, which is 1 but for what lies outside and for \
      cells too large for the density's detail.

      Example: difflab draw density ring8.safetensors -o density.svg
      """)

  @OptionGroup var subject: SubjectOptions

  @Option(help: "Cells a side of the grid.")
  var cells = 100

  @OptionGroup var flow: FlowOptions
  @OptionGroup var drawing: DrawingOptions

  var inputs: [String] { subject.inputs }

  /// How far from 1 an integral over the window may be without a word.
  private static let largestMiss = 0.1

  func validate() throws {
    try check(cells, "--cells", in: 2...1000)
  }

  func run() throws {
    let figures = try subject.figures(global)
    let base = try usage { try figures.model.requireFlow() }
    let density = figures.density(
      of: base, cells: cells, by: try flow.likelihood(of: figures.model, base, steps: 32))
    try write(density)
    for panel in density.panels where abs(panel.density.integral - 1) > Self.largestMiss {
      global.console.warning(
        "the density of the \(panel.title) integrates to \(panel.density.integral.fixed(4)) over the window: its \(cells) "
          + "cells a side are too large for its detail, or much of it lies outside")
    }
    global.console.result(
      density.panels.map { "\($0.title): integral \($0.density.integral.fixed(4))" }.joined(separator: "\n"))
  }
}
