import ArgumentParser
import DiffusionLab

/// Lists the samplers.
struct SamplersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "samplers", abstract: "Lists the samplers, with their order, cost and source.",
    discussion: """
      The order is that of convergence in the step's length; evaluations are the network's, in one step. Grid \
      and steps are what --grid and --steps are where they are left out: the levels that the sampler does best \
      on, and as many steps as it takes.
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
    let widths = header.indices.map { column in
      ([header] + rows).reduce(0) { max($0, $1[column].count) }
    }
    for row in [header] + rows {
      let cells = row.indices.map { $0 == row.count - 1 ? row[$0] : row[$0].padded(to: widths[$0]) }
      global.console.result(cells.joined(separator: "  "))
    }
    global.console.result("\ngrids")
    for family in GridFamily.all {
      global.console.result("\(family.name.padded(to: 10))  \(family.summary)")
    }
    global.console.result(
      "\("walls".padded(to: 10))  equal factors of σ in a box, of models trained with --loss reflected")
  }
}
