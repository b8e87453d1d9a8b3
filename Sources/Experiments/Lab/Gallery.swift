import DiffusionProcess
import Figures
import Models
import Plotting
import PointClouds
import ReverseSampling
import TinyNetwork

/// The figures that the README shows, for one trained network.
package struct Gallery: Sendable {
  /// The sets that the gallery trains on.
  package static let datasets = ["swissroll", "moons", "ring8"]

  /// The figures under the names of their files.
  package let figures: [(file: String, figure: any Figure)]
  /// The reverse chain as an animation.
  package let animation: ReverseAnimation

  /// The gallery of a trained network.
  /// - Throws: ``DataSourceError`` where the source cannot give enough points, ``SamplerProblem`` where the model has
  ///   no score and so does not go with all samplers.
  package init(trained: TrainedModel, source: DataSource, threads: Int) throws {
    let seed = trained.seed
    let model = ReverseModel(
      trained, mixture: source.mixture.map { GaussianMixture($0) }, threads: threads)
    if let problem = model.couplingProblem { throw SamplerProblem(problem) }
    let lab = LabFigures(model, data: try source.sample(count: 2000, seed: seed), seed: seed)
    let steps = min(250, model.schedule.steps)
    let ancestral = model.trajectory(
      count: 2000, sampler: model.usualSampler.sampler, steps: steps, seed: seed)
    let deterministic = model.trajectory(count: 200, sampler: DDIM(), steps: steps, seed: seed)
    let name = source.name
    animation = lab.animation(ancestral)
    figures =
      [
        ("\(name)-forward.svg", lab.forward),
        ("\(name)-reverse.svg", lab.reverse(ancestral)),
        ("\(name)-trajectories.svg", lab.trajectories(deterministic)),
        ("\(name)-field.svg", lab.field(time: lab.fieldTime)),
        ("\(name)-loss.svg", LabFigures.loss(trained)),
        ("\(name)-comparison.svg", lab.comparison(model.standardization.undo(ancestral.samples))),
      ] + (try Self.againstTruth(lab, source: source, seed: seed))
      + (try Self.samplers(of: model, lab: lab, source: source, seed: seed))
  }

  /// What every lecture on sampling compares: stochastic and deterministic, of first and of second order.
  package static let samplers = ["ddpm", "em", "ddim", "ode-heun", "edm", "dpm++2m"]

  /// Samplers side by side, where the exact mixture is known.
  private static func samplers(
    of model: ReverseModel, lab: LabFigures, source: DataSource, seed: UInt64
  ) throws -> [(file: String, figure: any Figure)] {
    guard model.oracle != nil else { return [] }
    let entries = samplers.compactMap { SamplerRegistry.entry($0) }
    let comparison = try SamplerComparison(
      model, source: source, samplers: entries, steps: [5, 10, 20, 50, 100], count: 2000,
      repetitions: 6, seed: seed)
    return [
      ("\(model.name)-compare.svg", QualityFigure(comparison)),
      (
        "\(model.name)-paths.svg",
        try lab.paths(of: entries, steps: min(50, model.schedule.steps), seed: seed)
      ),
    ]
  }

  /// The steps of the chain whose bound is shown: few, where the choice of the variance matters.
  private static let boundSteps = 10

  /// The density and the error by noise level, where the true density and the exact floor are known.
  private static func againstTruth(
    _ lab: LabFigures, source: DataSource, seed: UInt64
  ) throws(DataSourceError) -> [(file: String, figure: any Figure)] {
    let model = lab.model
    guard model.oracle != nil else { return [] }
    let levels = min(50, model.schedule.steps)
    let report = try NoiseReport(model, source: source, count: 2000, levels: levels, seed: seed)
    return [
      ("\(model.name)-density.svg", lab.density(cells: 64, by: model.likelihood(steps: 32))),
      (
        "\(model.name)-errors.svg",
        ErrorFigure([(name: "trained network", report: report)], chain: model.schedule.steps)
      ),
    ]
  }

  /// The figures that need no network.
  package static func general(seed: UInt64) throws(DataSourceError) -> [(file: String, figure: any Figure)] {
    var panels: [CloudPanel] = []
    for toy in Toys.all {
      let cloud = try DataSource(toy).sample(count: 1500, seed: seed)
      let standard = Standardization(of: cloud) ?? .identity
      panels.append(CloudPanel(toy.name, standard.apply(cloud)))
    }
    return [
      ("datasets.svg", ComparisonFigure(panels, title: "The data sets, standardized", columns: 4)),
      // Short chains, where the schedules differ most: one of them does not reach its prior.
      (
        "schedules.svg",
        ScheduleFigure(
          ["cosine", "linear", "linear-unscaled", "sigmoid", "flow"].compactMap {
            DiscreteSchedule.named($0, steps: 50)
          }, title: "Noise schedules of 50 steps")
      ),
    ] + exactBound
  }

  /// The exact bound of the ring of 8 with each variance that needs no training.
  private static var exactBound: [(file: String, figure: any Figure)] {
    guard let mixture = Toys.named("ring8")?.mixture else { return [] }
    let model = ReverseModel(
      exact: GaussianMixture(mixture), name: "ring8", schedule: .cosine(steps: 1000))
    return [("ring8-bound.svg", BoundFigure(exact: model, steps: boundSteps))]
  }
}
