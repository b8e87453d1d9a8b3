import DiffusionProcess
import Figures
import Models
import PointClouds

extension BoundFigure.Series {
  /// The terms of a measured bound.
  public init(_ name: String, _ report: BoundReport) {
    // Reports list terms from noise to data, the figure's axis runs from data to noise.
    let middle = report.terms.dropFirst().dropLast().reversed()
    self.init(
      name, prior: report.terms[0].nats, steps: middle.map(\.start), terms: middle.map(\.nats),
      decoder: report.terms[report.terms.count - 1].nats)
  }

  /// The terms of an exact bound.
  public init(_ name: String, exact bound: VariationalBound) {
    let steps = bound.steps.reversed()
    self.init(
      name, prior: bound.prior.nats, steps: steps.map(\.start), terms: steps.map(\.nats),
      decoder: bound.reconstruction.nats, isExact: true)
  }
}

extension BoundFigure {
  /// The exact bounds of a mixture's oracle with every variance whose bound is known exactly.
  /// - Precondition: the model knows its exact mixture.
  public init(exact model: Diffusion, steps: Int) {
    guard let oracle = model.oracle else { preconditionFailure("\(model.name) has no exact mixture") }
    let variances = ReverseVariance.exactlyBounded
    let bounds = oracle.bounds(
      variances, schedule: model.schedule, visiting: model.schedule.visits(steps: steps))
    let series = zip(variances, bounds).map { variance, bound in
      let bound = bound.inUnits(scale: model.standardization.scale)
      var series = Series(variance.rawValue, exact: bound)
      series.isExact = variance == .optimal
      return series
    }
    self.init(
      series, entropy: model.entropy, title: "\(model.name): the exact bound of \(steps) steps by variance")
  }

  /// The bounds of models beside the best chain with as many steps, where that is known.
  public init(_ reports: [(name: String, report: BoundReport)], first model: Diffusion, steps: Int) {
    var series = reports.map { Series($0.name, $0.report) }
    if let oracle = model.oracle {
      let best = oracle.bound(
        .optimal, schedule: model.schedule, visiting: model.schedule.visits(steps: steps))
      series.append(Series("best chain", exact: best.inUnits(scale: model.standardization.scale)))
    }
    self.init(
      series, entropy: model.entropy, title: "\(model.name): the bound of \(steps) steps by term")
  }
}

extension ErrorFigure {
  /// The noise prediction of models at the same steps of equally long chains.
  /// - Parameter chain: the number of steps T of the chains.
  public init(_ reports: [(name: String, report: NoiseReport)], chain: Int) {
    let first = reports[0].report
    let floors = first.levels.compactMap(\.floor)
    self.init(
      levels: first.levels.map { Double($0.step ?? 0) / Double(chain) },
      models: reports.map { name, report in
        let excess = report.levels.compactMap(\.excess)
        return Model(
          name, errors: report.levels.map(\.mse), excess: excess.count == report.levels.count ? excess : nil)
      }, floor: floors.count == first.levels.count ? floors : nil,
      title: "\(first.dataset): noise prediction by noise level")
  }
}

extension QualityFigure {
  /// Samplers side by side.
  public init(_ comparison: SamplerComparison) {
    var names: [String] = []
    for row in comparison.rows where !names.contains(row.sampler) { names.append(row.sampler) }
    let series = names.map { name in
      let rows = comparison.rows.filter { $0.sampler == name && $0.evaluations != nil }
      return Series(
        name, evaluations: rows.compactMap(\.evaluations), ratios: rows.map(\.ratio),
        endPointErrors: rows.compactMap(\.endPointError),
        order: comparison.slopes.first { $0.sampler == name }?.measured)
    }
    self.init(series, title: "\(comparison.model): samplers on shared noise")
  }
}
