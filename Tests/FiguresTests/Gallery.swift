import DiffusionProcess
import Plotting
import PointClouds
import ReverseSampling

@testable import Figures

/// A straight path from data to noise, without any signal at its end.
struct StraightPath: NoiseSchedule {
  let name = "straight"
  let priorStandardDeviation = 1.0
  func level(at time: Double) -> NoiseLevel { NoiseLevel(signal: 1 - time, noise: time) }
}

/// A path that keeps the signal and adds noise up to σ = 50; it starts with some.
struct ExplodingPath: NoiseSchedule {
  var name = "exploding"
  let priorStandardDeviation = 50.0
  func level(at time: Double) -> NoiseLevel { NoiseLevel(signal: 1, noise: 0.02 + 49.98 * time * time) }
}

/// One frame of an animation.
struct AnimationFrame: Figure {
  var animation: ReverseAnimation
  var frame: Int

  func draw(on page: Page) -> Drawing { animation.draw(on: page).frames[frame] }
}

/// One of each figure, with easy and with awkward data.
struct Gallery {
  static let cloud: PointCloud = {
    let noise = NoiseSource(seed: 3, purpose: .data)
    return PointCloud(
      (0..<300).map { noise.normal(particle: $0) * SIMD2(1, 0.3) }, labels: (0..<300).map { $0 % 3 })
  }()

  /// A chain that shrinks a normal cloud to a point, every step recorded.
  static func chain(steps: Int, particles: Int = 100) -> Trajectory {
    let start = NoiseSource(seed: 4, purpose: .start).normalCloud(count: particles)
    let schedule = DiscreteSchedule.cosine(steps: steps)
    var chain = Trajectory(start: start, level: schedule.level(at: 1), time: 1)
    for k in (0..<steps).reversed() {
      let time = Double(k) / Double(steps)
      chain.append(start.map { $0 * (0.2 + 0.8 * time) }, level: schedule.level(at: time), time: time)
    }
    return chain
  }

  static let bounds = [
    BoundFigure.Series("fixed β", prior: 1e-4, terms: [2, 1, 0.5, 0.01], decoder: -1.2),
    BoundFigure.Series(
      "exact optimum", prior: 1e-4, terms: [1.9, 1, 0.4, 0.01], decoder: -1.4, isExact: true),
  ]

  static let levels = (1...20).map { Double($0) / 20 }
  static let exactErrors = levels.map { (1 - $0) * (1 - $0) }
  static let models = [
    ErrorFigure.Model("noise ε", errors: exactErrors.map { $0 + 0.01 }),
    ErrorFigure.Model("clean point x₀", errors: zip(exactErrors, levels).map { $0 + 0.02 / ($1 * $1) }),
  ]

  static func ablation(_ name: String, _ ratio: Double, _ accuracy: Double) -> AblationFigure.Row {
    .init(name, ratio: .init(ratio, interval: 0.02), accuracy: .init(accuracy, interval: 0.004))
  }

  static let samplers = [
    QualityFigure.Series("ddpm", evaluations: [5, 10, 50], ratios: [3, 2, 1.1]),
    QualityFigure.Series(
      "edm", evaluations: [9, 19, 99], ratios: [9, 1.4, 1], endPointErrors: [0.9, 0.1, 0.002], order: 2.04),
  ]

  /// The names of the figures with easy data, one of each kind.
  static let kinds = figures().map(\.name).filter { !$0.contains(",") }

  static func figures() -> [(name: String, figure: any Figure)] {
    let schedule = DiscreteSchedule.cosine(steps: 100)
    let limits = Limits(of: cloud)
    let long = "A title that nobody would choose because it does not fit on any slide at all"
    let steps = Array(1...400)
    let falling = steps.map { 2 / Double($0) + 0.3 }
    let far = cloud.map { $0 * 1e4 + SIMD2(1.2345e7, -3e7) }
    let tiny = cloud.map { $0 * 1e-8 }
    return [
      ("dataset", DatasetFigure(cloud, title: "moons")),
      ("dataset, long title", DatasetFigure(cloud, title: long)),
      (
        "dataset, named parts",
        DatasetFigure(
          PointCloud(cloud.points, labels: cloud.labels, labelNames: ["setosa", "virginica", long]),
          title: "iris")
      ),
      (
        "dataset, eight named parts",
        DatasetFigure(
          PointCloud(
            cloud.points, labels: (0..<cloud.count).map { $0 % 8 },
            labelNames: (0..<8).map { "\($0) " + long }),
          title: long)
      ),
      ("dataset, far off", DatasetFigure(far, title: "far")),
      ("dataset, tiny", DatasetFigure(tiny, title: "tiny")),
      ("forward", ForwardStrip(cloud, schedule: schedule, noise: NoiseSource(seed: 1, purpose: .forward))),
      (
        "forward, eleven",
        ForwardStrip(
          cloud, schedule: schedule, times: (0...10).map { Double($0) / 10 },
          noise: NoiseSource(seed: 1, purpose: .forward))
      ),
      ("reverse", ReverseStrip(chain(steps: 20), limits: limits)),
      ("reverse, one step", ReverseStrip(chain(steps: 1), limits: limits, title: long)),
      ("trajectories", TrajectoryFigure(chain(steps: 20), data: cloud)),
      ("trajectories, far off", TrajectoryFigure(chain(steps: 20), data: far, title: long)),
      (
        "field",
        ScoreFieldFigure(
          density: ScalarField(densityOf: cloud, over: limits, size: 40),
          score: VectorField(over: limits, size: 11) { $0.map { -$0 } })
      ),
      (
        "field, tiny density",
        ScoreFieldFigure(
          density: ScalarField(over: limits, size: 4) { _ in 3e-8 },
          score: VectorField(over: limits, size: 3) { $0 }, title: long)
      ),
      (
        "density",
        DensityFigure([
          .init("model", ScalarField(densityOf: cloud, over: limits, size: 40)),
          .init(long, ScalarField(over: limits, size: 4) { _ in 0.01 }),
        ])
      ),
      (
        "density, tiny",
        DensityFigure([.init("one", ScalarField(over: limits, size: 4) { _ in 3e-8 })], title: long)
      ),
      (
        "density, far off",
        DensityFigure(
          (0..<2).map { .init("\($0)", ScalarField(densityOf: far, over: Limits(of: far), size: 10)) })
      ),
      ("loss", LossCurve(training: .init(steps: steps, losses: falling))),
      ("loss, long title", LossCurve(training: .init(steps: steps, losses: falling), title: long)),
      ("loss, one step", LossCurve(training: .init(steps: [1], losses: [1]))),
      ("loss, many decades", LossCurve(training: .init(steps: [1, 2, 3], losses: [1e9, 1, 1e-9]))),
      ("loss, beyond any axis", LossCurve(training: .init(steps: [1, 2, 3], losses: [1e308, 1, 1e-308]))),
      ("loss, a million steps", LossCurve(training: .init(steps: [1, 1_000_000], losses: [1, 0.1]))),
      ("schedule", ScheduleFigure([schedule, DiscreteSchedule.linear(steps: 1000)])),
      ("schedule, one step", ScheduleFigure([DiscreteSchedule.linear(steps: 1)])),
      (
        "schedule, every kind",
        ScheduleFigure(
          [
            schedule, DiscreteSchedule.linear(steps: 100), StraightPath(), ExplodingPath(),
            DiscreteSchedule.linear(steps: 10), ExplodingPath(name: long),
          ], title: long)
      ),
      ("bound", BoundFigure(Self.bounds, entropy: 1.698)),
      ("bound, one step", BoundFigure([.init(long, prior: 0.1, terms: [0.2], decoder: 0.3)], title: long)),
      ("bound, no step", BoundFigure([.init("one", prior: 0.1, terms: [], decoder: 0)], entropy: 0)),
      ("bound, infinite", BoundFigure([.init("a", prior: .infinity, terms: [.nan, 1], decoder: 1e300)])),
      (
        "bound, long chain",
        BoundFigure(
          (1...6).map { k in
            .init("\(k) " + long, prior: 1e-9, terms: steps.map { 1e-9 + 123 / Double($0) }, decoder: -912.5)
          }, entropy: -1234.5, title: long)
      ),
      ("errors", ErrorFigure(levels: Self.levels, models: Self.models, floor: Self.exactErrors)),
      ("errors, no floor", ErrorFigure(levels: Self.levels, models: Self.models)),
      ("errors, one level", ErrorFigure(levels: [0.5], models: [.init("one", errors: [0.2])], floor: [0.2])),
      (
        "errors, many",
        ErrorFigure(
          levels: Self.levels,
          models: (1...6).map { .init("\($0) " + long, errors: Self.exactErrors.map { $0 * 1.1 }) },
          floor: Self.exactErrors, title: long)
      ),
      (
        "errors, gaps",
        ErrorFigure(
          levels: [0.1, 0.5, 0.9], models: [.init("gaps", errors: [.nan, 1e9, 0], excess: [0, 1, 2])])
      ),
      ("quality", QualityFigure(Self.samplers, title: "ring8: samplers on shared noise")),
      (
        "quality, one that adds noise",
        QualityFigure([.init(long, evaluations: [10], ratios: [1])], title: long)
      ),
      (
        "quality, many",
        QualityFigure(
          (1...8).map {
            .init(
              "\($0) " + long, evaluations: [5, 50_000], ratios: [1e9, 0.1], endPointErrors: [1e-12, 1e300],
              order: -0.13)
          }, title: long)
      ),
      ("paths", PathsFigure([.init("ddim", chain(steps: 20))], data: cloud, title: "paths")),
      (
        "paths, many",
        PathsFigure(
          (1...12).map { .init("\($0) " + long, chain(steps: $0)) }, data: far, limits: limits, title: long)
      ),
      (
        "copies",
        CopiesFigure(
          samples: cloud.prefix(60), training: cloud, nearest: Array(cloud.points.reversed().prefix(60)),
          nearer: 0.87, interval: 0.04, title: "moons: near the training points?")
      ),
      (
        "copies, far off",
        CopiesFigure(
          samples: far, training: far, nearest: far.points, nearer: 1, interval: 0.5, limits: limits,
          title: long)
      ),
      (
        "denoising",
        DenoisingFigure(
          data: cloud, noisy: cloud.prefix(40).map { 1.3 * $0 }, clean: cloud.prefix(40), title: "their means"
        )
      ),
      (
        "denoising, far off",
        DenoisingFigure(data: far, noisy: far, clean: far, limits: limits, title: long)
      ),
      (
        "comparison",
        ComparisonFigure([CloudPanel("Your answer", cloud), CloudPanel("The right one", cloud)], title: "1")
      ),
      (
        "ablation",
        AblationFigure(
          [ablation("default", 1.05, 0.505), ablation("far", 8.314, 0.56)], limits: (1.1, 0.53),
          title: "Ablation")
      ),
      (
        "ablation, many",
        AblationFigure(
          (1...20).map { ablation("\($0) " + long, Double($0), 0.5) }, limits: (1.1, 0.53), title: long)
      ),
      (
        "animation",
        AnimationFrame(
          animation: ReverseAnimation(chain(steps: 4), frames: 5, points: 40, limits: limits), frame: 2)
      ),
      ("comparison, long", ComparisonFigure([CloudPanel(long, cloud), CloudPanel(long, note: long, cloud)])),
    ]
  }
}
