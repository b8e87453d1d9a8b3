import DiffusionProcess
import PointClouds
import RealModule
import ReverseSampling
import TestSupport
import Testing

/// Samplers that add noise converge in the law of their samples. On a mixture that is spread along one axis a step
/// is a Gaussian transition whose mean and deviation the sampler itself tells, so the law of a whole chain is a
/// product of integral operators, and its error has no sampling noise.
@Suite("Orders of convergence in law")
struct LawOrderTests {
  static let process = VariancePreserving()
  static let mixture = GaussianMixture([
    .init(weight: 0.35, mean: SIMD2(-1, 0), covariance: SymmetricMatrix(xx: 0.12, xy: 0, yy: 1)),
    .init(weight: 0.65, mean: SIMD2(0.7, 0), covariance: SymmetricMatrix(xx: 0.3, xy: 0, yy: 1)),
  ])

  @Test(
    "fall at the documented order on a mixture, from the exact law at one level to that at another",
    arguments: ["ddpm", "ddpm-optimal", "analytic-dpm", "em", "pc"])
  func order(name: String) throws {
    let entry = try #require(Samplers.all.named(name))
    // Every sampler where it is asymptotic: away from the data, where the score grows like 1/s.
    let counts = [10, 20, 40]
    let errors = try counts.map { steps in
      let grid = TimeGrid(Self.process, times: (0...steps).map { 0.6 - 0.3 * Double($0) / Double(steps) })
      let sampler =
        name == "analytic-dpm"
        ? Ancestral(variance: .analytic, analytic: AnalyticVariance(averages: Self.averages(along: grid)))
        : try #require(entry.rule as? any Sampler)
      return Self.distance(sampler, along: grid)
    }
    let order = fittedOrder(counts.map(Double.init), errors)
    #expect(abs(order - Double(entry.rule.order)) < 0.15, "\(name): \(errors)")
  }

  @Test("β̃ as the variance is of first order, too")
  func posteriorVariance() {
    let counts = [10, 20, 40]
    let errors = counts.map { steps in
      let grid = TimeGrid(Self.process, times: (0...steps).map { 0.6 - 0.3 * Double($0) / Double(steps) })
      return Self.distance(Ancestral(variance: .posterior), along: grid)
    }
    #expect(abs(fittedOrder(counts.map(Double.init), errors) - 1) < 0.15, "\(errors)")
  }

  @Test("Langevin's steps at one level are of first order in their length, over the same time in all")
  func langevin() {
    let level = Self.process.level(at: 0.4)
    let counts = [10, 20, 40]
    let errors = counts.map { steps in
      var sampler = AnnealedLangevin(relativeStep: 2 / Double(steps), stepsPerLevel: 1)
      var law = Self.law(at: level)
      // The level stays, so that every step is the same: its exact law does not move, and what moves is the bias.
      let (means, deviations) = Self.transition(at: law.places) { x, normals in
        let noise = NoiseSource(recorded: [normals]).at(step: 0)
        sampler.step(&x, from: level, to: level, using: Self.mixture, noise: noise)
      }
      for _ in 0..<steps { law.carryByGaussians(means, deviations) }
      return law.distance(from: Self.law(at: level))
    }
    let order = fittedOrder(counts.map(Double.init), errors)
    #expect(abs(order - Double(AnnealedLangevin().order)) < 0.15, "\(errors)")
  }

  /// The exact law of the mixture at a level, along x.
  static func law(at level: NoiseLevel) -> LineLaw {
    LineLaw(places: stride(from: -6.0, through: 6.0, by: 0.03).map { $0 }, spacing: 0.03) { x in
      mixture.components.reduce(0) { sum, part in
        let variance = level.signal * level.signal * part.covariance.xx + level.noise * level.noise
        let away = x - level.signal * part.mean.x
        return sum + part.weight * Double.exp(-away * away / (2 * variance))
          / (2 * Double.pi * variance).squareRoot()
      }
    }
  }

  /// The total variation between the law at the end of a chain and the exact one, along x.
  static func distance(_ sampler: any Sampler, along grid: TimeGrid) -> Double {
    var law = law(at: grid.levels[0])
    for i in 0..<grid.steps {
      let (means, deviations) = transition(at: law.places) { x, normals in
        var sampler = sampler
        // A predictor–corrector asks twice a step: first for the corrector, which noise 0 switches off.
        let none = normals.map { _ in SIMD2<Double>.zero }
        let isPair = sampler is PredictorCorrector
        let steps = (0..<grid.steps).flatMap { _ in isPair ? [none, normals] : [normals] }
        sampler.step(
          &x, over: i, of: grid, using: mixture, noise: NoiseSource(recorded: steps).at(step: i))
      }
      law.carryByGaussians(means, deviations)
    }
    return law.distance(from: Self.law(at: grid.levels[grid.steps]))
  }

  /// The mean and the deviation along x of a step from each place: what it makes of noise 0 and 1.
  static func transition(
    at places: [Double], step: (_ x: inout PointCloud, _ normals: [SIMD2<Double>]) -> Void
  ) -> (means: [Double], deviations: [Double]) {
    func moved(_ z: Double) -> [Double] {
      var x = PointCloud(places.map { SIMD2($0, 0) })
      step(&x, [SIMD2<Double>](repeating: SIMD2(z, 0), count: places.count))
      return x.points.map(\.x)
    }
    let means = moved(0)
    return (means, zip(moved(1), means).map { $0 - $1 })
  }

  /// Γ of every level by quadrature along x; along y the score is −y/(a² + s²).
  static func averages(along grid: TimeGrid) -> [NoiseLevel: Double] {
    var averages: [NoiseLevel: Double] = [:]
    for level in grid.levels {
      let places = PointCloud(stride(from: -6.0, through: 6.0, by: 0.03).map { SIMD2($0, 0) })
      let diffused = mixture.diffused(to: level)
      let epsilon = mixture.predictedNoise(places, at: level)
      let variance = level.signal * level.signal + level.noise * level.noise
      let alongY = level.noise * level.noise / variance
      var alongX = 0.0
      for i in 0..<places.count {
        // The density along x is the joint one over that of y at 0.
        let density = Double.exp(diffused.logDensity(places[i])) * (2 * Double.pi * variance).squareRoot()
        alongX += 0.03 * density * epsilon[i].x * epsilon[i].x
      }
      averages[level] = (alongX + alongY) / 2
    }
    return averages
  }
}

/// On a Gaussian every step is affine, so that mean and variance at the end follow from what the steps make of two
/// points and of unit noise.
@Suite("Orders of convergence of a Gaussian's variance")
struct VarianceOrderTests {
  @Test("Noise that is churned in and taken off again leaves Heun's second order")
  func churn() {
    let oracle = GaussianMixture.gaussian(mean: .zero, covariance: SymmetricMatrix(isotropic: 0.49))
    let counts = [20, 40, 80]
    let errors = counts.map { steps in
      let grid = TimeGrid(
        sigmas: SigmaGrid.karras(count: steps + 1, sigmaMin: 0.2, sigmaMax: 4))
      let from = 0.49 + 16.0
      var variance = from
      for i in 0..<steps {
        func moved(_ x: Double, _ z: Double) -> Double {
          var sampler = EDMHeun(churn: 4)
          var cloud = PointCloud([SIMD2(x, 0)])
          let noise = NoiseSource(recorded: Array(repeating: [SIMD2(z, 0)], count: steps))
          sampler.step(&cloud, over: i, of: grid, using: oracle, noise: noise.at(step: i))
          return cloud[0].x
        }
        let (gain, added) = (moved(1, 0), moved(0, 1))
        variance = gain * gain * variance + added * added
      }
      return abs(variance - (0.49 + 0.04))
    }
    let sampler = EDMHeun(churn: 4)
    #expect(sampler.addsNoise)
    #expect(abs(fittedOrder(counts.map(Double.init), errors) - Double(sampler.order)) < 0.15, "\(errors)")
  }
}
