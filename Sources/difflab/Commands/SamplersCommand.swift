import ArgumentParser
import DiffusionLab

/// Lists the samplers.
struct SamplersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "samplers", abstract: "Lists the samplers, with their order, cost and source.",
    discussion: """
      The order is that of convergence in the step's length; evaluations are the network's per step. Grid and \
      steps are the defaults of --grid and --steps: the levels on which the sampler does best, and the steps that \
      it needs.

      Example: difflab samplers
      """)

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let header = ["name", "order", "evaluations", "noise", "grid", "steps", "what it is", "source"]
    let rows = Samplers.all.map { kind in
      let rule = kind.rule
      return [
        kind.name, "\(rule.order)", "\(rule.evaluationsPerStep)", rule.addsNoise ? "yes" : "no", kind.grid,
        "\(kind.steps)", kind.summary, kind.paper,
      ]
    }
    global.console.result(TextTable.leftAligned([header] + rows))
    global.console.result("\ngrids")
    global.console.result(
      TextTable.leftAligned(
        GridFamily.all.map { [$0.name, $0.summary] }
          + [["walls", "equal factors of σ in a box, of models trained with --loss reflected"]]))
  }
}
