import DiffusionProcess
import Models
import Plotting
import PointClouds
import RealModule
import ReverseSampling
import TinyNetwork

/// The lab's figures of one data set and one model.
///
/// All but the data set and the comparison are in the units of the model's chain, those of Gaussian noise standard
/// units, where the prior is N(0, I); all share one window, so that slides flip without a jump.
public struct LabFigures: Sendable {
  /// The default time of the score field: the data are still visible, and the noise has joined their parts.
  package static let fieldTime = 0.15

  /// The model that is shown.
  package let model: any Model
  /// Points of the data, in their own units.
  package let data: PointCloud
  /// The same points in the units of the chain.
  package let standardData: PointCloud
  /// The window that all figures in the units of the chain share.
  package let limits: Limits
  private let seed: UInt64

  /// The default time of the score field: ``fieldTime``, or that of the first step of a chain so short that it has no
  /// noise before.
  package var fieldTime: Double { max(Self.fieldTime, 2 * model.scene.firstNoisyTime) }

  /// The figures of a model beside points of its data.
  public init(_ model: any Model, data: PointCloud, seed: UInt64) {
    (self.model, self.data, self.seed) = (model, data, seed)
    standardData = model.scene.units.apply(data)
    limits =
      model.scene.walls.map { Limits(of: PointCloud([$0.lower, $0.upper]), margin: 0) }
      ?? Limits(of: standardData)
  }

  /// The map from the data's units to those that the data are drawn in: the same, or standard units if each
  /// coordinate has its own scale, because on equal axes the narrow one would be a line.
  private var shownUnits: Standardization {
    model.scene.units.isShared ? .identity : model.scene.units
  }

  /// The title, which states standard units if they are used.
  private func titled(_ text: String) -> String {
    model.scene.units.isShared ? text : text + ", in standard units"
  }

  /// The data set itself.
  public var dataset: DatasetFigure {
    DatasetFigure(shownUnits.apply(data), title: titled("\(model.name): \(data.count) points"))
  }

  /// The data on their way to Gaussian noise.
  public func forward(_ schedule: DiscreteSchedule) -> ForwardStrip {
    ForwardStrip(
      standardData, schedule: schedule, noise: NoiseSource(seed: seed, purpose: .forward), limits: limits)
  }

  /// A reverse chain at several times.
  public func reverse(_ trajectory: Trajectory) -> ReverseStrip {
    ReverseStrip(
      trajectory, times: model.scene.reverseTimes ?? ForwardStrip.tellingTimes.reversed(), limits: limits,
      title: model.scene.reverseTitle)
  }

  /// The paths of single particles from noise to data.
  public func trajectories(_ trajectory: Trajectory, paths: Int = 40) -> TrajectoryFigure {
    TrajectoryFigure(trajectory, data: standardData, paths: paths, limits: limits)
  }

  /// The model's score at one time over the density of the noisy data, which is exact: of the mixture if it is
  /// known, of the data points otherwise; `nil` if the model has no score.
  /// - Precondition: there is noise at this time.
  public func field(time: Double) -> ScoreFieldFigure? {
    guard let law = model.noisyLaw(at: time, data: standardData) else { return nil }
    return ScoreFieldFigure(
      density: ScalarField(over: limits, size: 160, all: law.density),
      score: VectorField(over: limits, law.score),
      title: "\(model.name): density and score at \(law.caption)")
  }

  /// The model's density by the probability-flow ODE beside the true density, or beside a kernel estimate from the
  /// data points if that is unknown. It is in the units of the data, or in standard units if each coordinate has
  /// its own scale.
  /// - Parameter cells: the number of cells per side of the grid.
  /// - Complexity: `cells`² likelihoods.
  package func density(of flow: Diffusion, cells: Int = 100, by likelihood: FlowLikelihood? = nil)
    -> DensityFigure
  {
    let units = shownUnits
    let shown = units.apply(data)
    let limits = Limits(of: shown)
    let likelihood = likelihood ?? flow.likelihood()
    func density(_ logDensity: (PointCloud) -> [Double]) -> ScalarField {
      ScalarField(over: limits, size: cells) { (grid: PointCloud) in
        // A density per unit of area grows with the area that a unit stands for.
        logDensity(units.undo(grid)).map { Double.exp($0 + units.logVolume) }
      }
    }
    let truth =
      flow.oracle == nil
      ? DensityFigure.Panel("kernel estimate", ScalarField(densityOf: shown, over: limits, size: cells))
      : DensityFigure.Panel("true density", density { flow.exactLogDensity(of: $0) ?? [] })
    return DensityFigure(
      [DensityFigure.Panel("model", density { flow.logDensity(of: $0, by: likelihood) }), truth],
      title: titled("\(model.name): density by the probability flow"))
  }

  /// The paths of the same particles under different samplers, in units in which data of unit variance keep it.
  /// - Parameter family: the levels of all samplers; each has its own if it is `nil`.
  /// - Throws: ``SamplingProblem`` if a sampler does not go with the model.
  package func paths(
    of samplers: [SamplerKind], along family: GridFamily? = nil, steps: Int, paths: Int = 6, seed: UInt64
  ) throws(SamplingProblem) -> PathsFigure {
    let panels = try samplers.map { sampler throws(SamplingProblem) in
      let plan = try model.plan(SamplingRequest(sampler: sampler, grid: family, steps: steps))
      // More particles than paths: the figure prefers those that stay in the window.
      return PathsFigure.Panel(sampler.name, plan.scaledTrajectory(count: 4 * paths, seed: seed))
    }
    return PathsFigure(
      panels, data: standardData, paths: paths, limits: limits,
      title: "\(model.name): the same particles under different samplers")
  }

  /// Samples, given in the units of the data, beside the data.
  public func comparison(_ samples: PointCloud) -> ComparisonFigure {
    let count = min(samples.count, data.count)
    let shown = shownUnits.apply(data)
    let points = PointCloud(shown.prefix(count).points)  // one colour: samples have no labels
    return ComparisonFigure(
      [
        CloudPanel("data", points),
        CloudPanel("samples", shownUnits.apply(samples.prefix(count))),
      ], title: titled(model.name), limits: Limits(of: shown))
  }

  /// An animation of a chain.
  public func animation(_ trajectory: Trajectory, frames: Int = 60, points: Int = 1000) -> ReverseAnimation {
    ReverseAnimation(trajectory, frames: frames, points: points, limits: limits)
  }

  /// The names of all figures of a lab; a model without a score has no field.
  package static let names = [
    "dataset", "forward", "reverse", "trajectories", "loss", "schedule", "comparison", "field",
  ]

  /// Every figure of a lab with the name of its file, one of ``names``.
  /// - Parameters:
  ///   - chain: the chain to show as it is; the single paths are drawn of a deterministic one, whose curves the
  ///     eye can follow.
  ///   - samples: in the units of the data.
  /// - Throws: ``SamplingProblem`` if the model's chain has no deterministic sampler.
  package func all(
    trained: TrainedModel, chain: Trajectory, samples: PointCloud
  ) throws(SamplingProblem) -> [(name: String, figure: any Figure)] {
    let paths = try model.plan(SamplingRequest(rule: DDIM(), steps: chain.count - 1))
      .trajectory(count: 200, seed: seed)
    let scored: [(String, any Figure)] = field(time: fieldTime).map { [("field", $0)] } ?? []
    return [
      ("dataset", dataset),
      ("forward", forward(trained.schedule)),
      ("reverse", reverse(chain)),
      ("trajectories", trajectories(paths)),
      ("loss", Self.loss(trained)),
      ("schedule", ScheduleFigure([trained.schedule])),
      ("comparison", comparison(samples)),
    ] + scored
  }

  /// The training loss of a model by step.
  public static func loss(_ model: TrainedModel) -> LossCurve {
    LossCurve(
      training: LossCurve.Series(steps: model.history.map(\.step), losses: model.history.map(\.loss)),
      title: "Training on \(model.dataset)")
  }
}
