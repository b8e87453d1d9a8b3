import DiffusionProcess
import Figures
import Models
import Plotting
import PointClouds
import ReverseSampling
import TinyNetwork

/// The figures that the README shows, for one trained network.
package struct Gallery: Sendable {
  /// The data sets that the gallery trains on.
  package static let datasets = ["swissroll", "moons", "ring8"]

  /// The figures with the names of their files.
  package let figures: [(file: String, figure: any Figure)]
  /// The reverse chain as an animation.
  package let animation: ReverseAnimation

  /// The gallery of a trained network.
  /// - Throws: ``DataSourceError`` where the source cannot give enough points, ``MissingCapability`` if the model has
  ///   no score and so does not go with all samplers.
  package init(trained: TrainedModel, source: DataSource, threads: Int) throws {
    let seed = trained.seed
    let model = trained.asModel(mixture: source.mixture, threads: threads)
    let diffusion = try model.requireDiffusion()
    let lab = LabFigures(model, data: try source.sample(count: 2000, seed: seed), seed: seed)
    let plan = try model.plan()
    let ancestral = plan.trajectory(count: 2000, seed: seed)
    animation = lab.animation(ancestral)
    // The figures of all data sets and of all schedules stand elsewhere.
    figures =
      try lab.all(trained: trained, chain: ancestral, samples: plan.units.undo(ancestral.samples))
      .filter { !["dataset", "schedule"].contains($0.name) }
      .map { ("\(source.name)-\($0.name).svg", $0.figure) }
      + (try Self.againstTruth(diffusion, lab: lab, source: source, seed: seed))
  }

  /// The samplers to compare: stochastic and deterministic, of first and of second order.
  package static let samplers = ["ddpm", "em", "ddim", "ode-heun", "edm", "dpm++2m"]

  /// The steps of the chain whose bound is shown: few, because then the choice of the variance matters.
  private static let boundSteps = 10

  /// The density, the error by noise level and the comparison of samplers, if the exact mixture is known.
  private static func againstTruth(
    _ model: Diffusion, lab: LabFigures, source: DataSource, seed: UInt64
  ) throws -> [(file: String, figure: any Figure)] {
    guard model.oracle != nil else { return [] }
    let steps = min(50, model.schedule.steps)
    let report = try NoiseReport(model, source: source, count: 2000, levels: steps, seed: seed)
    let kinds = samplers.compactMap { Samplers.all.named($0) }
    let comparison = try SamplerComparison(
      lab.model, source: source, samplers: kinds, steps: [5, 10, 20, 50, 100], count: 2000,
      repetitions: 6, seed: seed)
    return [
      ("\(model.name)-density.svg", lab.density(of: model, cells: 64, by: model.likelihood(steps: 32))),
      (
        "\(model.name)-errors.svg",
        ErrorFigure([(name: "trained network", report: report)], chain: model.schedule.steps)
      ),
      ("\(model.name)-compare.svg", QualityFigure(comparison)),
      ("\(model.name)-paths.svg", try lab.paths(of: kinds, steps: steps, seed: seed)),
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
      (
        "datasets.svg",
        ComparisonFigure(
          panels, title: "The data sets, standardized",
          limits: Limits(of: PointCloud(panels.flatMap(\.cloud.points))), columns: 4)
      ),
      // The schedules differ most in short chains, and one of them does not reach its prior.
      (
        "schedules.svg",
        ScheduleFigure(
          ["cosine", "linear", "linear-unscaled", "sigmoid", "flow"].compactMap {
            DiscreteSchedule.named($0, steps: 50)
          }, title: "Noise schedules of 50 steps")
      ),
    ] + exactBound
  }

  /// The exact bound of the ring of 8 for each variance that needs no training.
  private static var exactBound: [(file: String, figure: any Figure)] {
    guard let mixture = Toys.all.named("ring8")?.mixture else { return [] }
    let model = ExactModel(mixture, name: "ring8")
    return [("ring8-bound.svg", BoundFigure(exact: model.base, steps: boundSteps))]
  }
}
