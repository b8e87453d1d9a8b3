import DiffusionProcess
import Figures
import Models
import Plotting
import PointClouds
import RealModule
import ReverseSampling
import TinyNetwork

/// The lab's figures of one data set and one model, made ready to draw.
///
/// All but the data set and the comparison are in standard units, where the prior is N(0, I); all share one
/// window, so that slides flip without a jump.
package struct LabFigures: Sendable {
  /// The time at which the score field is best drawn: the data still show, and the noise has joined their parts.
  package static let fieldTime = 0.15

  /// The model that is shown.
  package let model: ReverseModel
  /// Points of the data, in their own units.
  package let data: PointCloud
  /// The same points in standard units.
  package let standardData: PointCloud
  /// The window that all figures in standard units share.
  package let limits: Limits
  private let seed: UInt64

  /// The time at which the score field is drawn where nobody says another: ``fieldTime``, or that of the first step
  /// where the model's chain is so short that it has no noise before.
  package var fieldTime: Double { max(Self.fieldTime, 1 / Double(model.schedule.steps)) }

  /// The figures of a model beside points of its data.
  package init(_ model: ReverseModel, data: PointCloud, seed: UInt64) {
    self.model = model
    self.data = data
    self.seed = seed
    standardData = model.standardization.apply(data)
    limits = Limits(of: standardData)
  }

  /// From the units of the data to those in which the data themselves are drawn: their own, or standard units where
  /// the coordinates have scales of their own, because on axes of one unit the narrow one would not show.
  private var shownUnits: Standardization {
    model.standardization.isShared ? .identity : model.standardization
  }

  /// A title that says so.
  private func titled(_ text: String) -> String {
    model.standardization.isShared ? text : text + ", in standard units"
  }

  /// The data set itself.
  package var dataset: DatasetFigure {
    DatasetFigure(shownUnits.apply(data), title: titled("\(model.name): \(data.count) points"))
  }

  /// The data on their way to noise.
  package var forward: ForwardStrip {
    ForwardStrip(
      standardData, schedule: model.schedule, noise: NoiseSource(seed: seed, purpose: .forward),
      limits: limits)
  }

  /// A reverse chain at several times.
  package func reverse(_ trajectory: Trajectory) -> ReverseStrip {
    ReverseStrip(trajectory, limits: limits)
  }

  /// Paths of single particles from noise to data.
  package func trajectories(_ trajectory: Trajectory, paths: Int = 40) -> TrajectoryFigure {
    TrajectoryFigure(trajectory, data: standardData, paths: paths, limits: limits)
  }

  /// The model's score at one time over the density of the noisy data, which is exact: of the mixture where it
  /// is known, of the data points otherwise.
  /// - Precondition: there is noise at this time, and the model has a score.
  package func field(time: Double) -> ScoreFieldFigure {
    let level = model.schedule.level(at: time)
    let density: ScalarField
    if let oracle = model.oracle {
      let mixture = oracle.diffused(to: level)
      density = ScalarField(over: limits) { Double.exp(mixture.logDensity($0)) }
    } else {
      let points = PointSetOracle(standardData)
      density = ScalarField(over: limits) { Double.exp(points.logDensity($0, at: level)) }
    }
    return ScoreFieldFigure(
      density: density, score: VectorField(over: limits) { model.denoiser.score($0, at: level) },
      title: "\(model.name): density and score at t = \(time.fixed(2))")
  }

  /// The model's density by the probability-flow ODE beside the true one, in the units of the data (standard units
  /// where the coordinates have scales of their own); where that is
  /// unknown, beside a kernel estimate from the data points.
  /// - Parameter cells: cells a side of the grid.
  /// - Complexity: `cells`² likelihoods.
  package func density(cells: Int = 100, by likelihood: FlowLikelihood? = nil) -> DensityFigure {
    let units = shownUnits
    let shown = units.apply(data)
    let limits = Limits(of: shown)
    let likelihood = likelihood ?? model.likelihood()
    // A density a unit of area grows with the area that a unit stands for.
    func density(_ logDensity: [Double]) -> [Double] { logDensity.map { Double.exp($0 + units.logVolume) } }
    let found = ScalarField(over: limits, size: cells) { (grid: PointCloud) in
      density(model.logDensity(of: units.undo(grid), by: likelihood))
    }
    let known =
      model.oracle == nil
      ? nil
      : ScalarField(over: limits, size: cells) { (grid: PointCloud) in
        density(model.exactLogDensity(of: units.undo(grid)) ?? [])
      }
    let truth =
      known.map { DensityFigure.Panel("true density", $0) }
      ?? DensityFigure.Panel(
        "kernel estimate", ScalarField(densityOf: shown, over: limits, size: cells))
    return DensityFigure(
      [DensityFigure.Panel("model", found), truth],
      title: titled("\(model.name): density by the probability flow"))
  }

  /// The paths of the same particles under different samplers, in units in which data of unit variance keep it.
  /// - Parameter family: the levels of all samplers; of each its own where it is `nil`.
  /// - Throws: ``SamplerProblem`` where a sampler does not go with the model.
  package func paths(
    of entries: [SamplerRegistry.Entry], along family: GridFamily? = nil, steps: Int, paths: Int = 6,
    seed: UInt64
  ) throws(SamplerProblem) -> PathsFigure {
    var panels: [PathsFigure.Panel] = []
    for entry in entries {
      let chain = try model.chain(entry, .init(variance: model.variance), along: family, steps: steps)
      // More particles than paths: the figure prefers those that stay in the window.
      panels.append(
        PathsFigure.Panel(
          entry.name, model.scaledTrajectory(count: 4 * paths, of: chain, seed: seed)))
    }
    return PathsFigure(
      panels, data: standardData, paths: paths, limits: limits,
      title: "\(model.name): the same particles under different samplers")
  }

  /// Samples, given in the units of the data, beside data.
  package func comparison(_ samples: PointCloud) -> ComparisonFigure {
    let count = min(samples.count, data.count)
    let shown = shownUnits.apply(data)
    let points = PointCloud(shown.prefix(count).points)  // one colour: samples have no labels
    return ComparisonFigure(
      [
        CloudPanel("data", points),
        CloudPanel("samples", shownUnits.apply(samples.prefix(count))),
      ], title: titled(model.name), limits: Limits(of: shown))
  }

  /// The chain as an animation.
  package func animation(_ trajectory: Trajectory, frames: Int = 60, points: Int = 1000) -> ReverseAnimation {
    ReverseAnimation(trajectory, frames: frames, points: points, limits: limits)
  }

  /// The names of all figures of a lab; a model without a score has no field.
  package static let names = [
    "dataset", "forward", "reverse", "trajectories", "loss", "schedule", "comparison", "field",
  ]

  /// Every figure of a lab, under the name of its file, one of ``names``.
  /// - Parameters:
  ///   - chain: the chain to show as it is; the single paths are drawn of a deterministic one, whose curves the
  ///     eye can follow.
  ///   - samples: in the units of the data.
  package func all(
    trained: TrainedModel, chain: Trajectory, samples: PointCloud
  ) -> [(name: String, figure: any Figure)] {
    let scored = model.couplingProblem == nil ? [("field", field(time: fieldTime) as any Figure)] : []
    let paths = model.trajectory(count: 200, sampler: DDIM(), steps: chain.count - 1, seed: seed)
    return [
      ("dataset", dataset),
      ("forward", forward),
      ("reverse", reverse(chain)),
      ("trajectories", trajectories(paths)),
      ("loss", Self.loss(trained)),
      ("schedule", ScheduleFigure([model.schedule])),
      ("comparison", comparison(samples)),
    ] + scored
  }

  /// The loss of the training that made a model.
  package static func loss(_ model: TrainedModel) -> LossCurve {
    LossCurve(
      training: LossCurve.Series(steps: model.history.map(\.step), losses: model.history.map(\.loss)),
      title: "Training on \(model.dataset)")
  }
}
