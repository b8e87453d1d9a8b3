import DiffusionProcess
import FigureDrawing
import PointClouds
import ReverseSampling
import TinyNetwork

/// The figures that the README shows, for one trained network.
public struct Gallery: Sendable {
  /// The sets that the gallery trains on.
  public static let datasets = ["swissroll", "moons", "ring8"]

  /// The figures under the names of their files.
  public let figures: [(file: String, figure: any Figure)]
  /// The reverse chain as an animation.
  public let animation: ReverseAnimation

  /// The gallery of a trained network.
  /// - Throws: ``DataSourceError`` where the source cannot give enough points.
  public init(trained: TrainedModel, source: DataSource, threads: Int) throws(DataSourceError) {
    let seed = trained.seed
    let model = ReverseModel(
      trained, mixture: source.mixture.map { GaussianMixture($0) }, threads: threads)
    let lab = LabFigures(model, data: try source.sample(count: 2000, seed: seed), seed: seed)
    let steps = min(250, model.schedule.steps)
    let ancestral = model.trajectory(
      count: 2000, sampler: model.usualSampler.sampler, steps: steps, seed: seed)
    let deterministic = model.trajectory(count: 200, sampler: DDIM(), steps: steps, seed: seed)
    let name = source.name
    animation = lab.animation(ancestral)
    figures = [
      ("\(name)-forward.svg", lab.forward),
      ("\(name)-reverse.svg", lab.reverse(ancestral)),
      ("\(name)-trajectories.svg", lab.trajectories(deterministic)),
      ("\(name)-field.svg", lab.field(time: LabFigures.fieldTime)),
      ("\(name)-loss.svg", LabFigures.loss(trained)),
      ("\(name)-comparison.svg", lab.comparison(model.standardization.undo(ancestral.samples))),
    ]
  }

  /// The figures that need no network.
  public static func general(seed: UInt64) throws(DataSourceError) -> [(file: String, figure: any Figure)] {
    var panels: [CloudPanel] = []
    for toy in Toys.all {
      let cloud = try DataSource(toy).sample(count: 1500, seed: seed)
      let standard = Standardization(of: cloud) ?? .identity
      panels.append(CloudPanel(toy.name, standard.apply(cloud)))
    }
    return [
      ("datasets.svg", ComparisonFigure(panels, title: "The data sets, standardized")),
      // Short chains, where the schedules differ most: one of them does not reach its prior.
      (
        "schedules.svg",
        ScheduleFigure(
          ["cosine", "linear", "linear-unscaled", "sigmoid", "flow"].compactMap {
            DiscreteSchedule.named($0, steps: 50)
          }, title: "Noise schedules of 50 steps")
      ),
    ]
  }
}
