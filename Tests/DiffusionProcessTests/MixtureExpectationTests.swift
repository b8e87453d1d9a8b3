import PointClouds
import RealModule
import TestSupport
import Testing

@testable import DiffusionProcess

@Suite("Integrals over a mixture's noisy density")
struct MixtureExpectationTests {
  /// N(0, σ²) with one of deviation `narrow`, both around the origin.
  static func nested(_ narrow: Double, weight: Double = 0.5) -> GaussianMixture {
    GaussianMixture([
      .init(weight: 1 - weight, mean: .zero, covariance: SymmetricMatrix(isotropic: 1)),
      .init(weight: weight, mean: .zero, covariance: SymmetricMatrix(isotropic: narrow * narrow)),
    ])
  }

  /// A Gaussian with these deviations, the first along the direction at `angle`.
  static func ellipse(
    _ deviations: (Double, Double), at angle: Double, mean: SIMD2<Double> = .zero
  ) -> GaussianMixture.Component {
    let (c, s) = (Double.cos(angle), Double.sin(angle))
    let (p, q) = (deviations.0 * deviations.0, deviations.1 * deviations.1)
    return .init(
      weight: 1, mean: mean,
      covariance: SymmetricMatrix(xx: c * c * p + s * s * q, xy: c * s * (p - q), yy: s * s * p + c * c * q))
  }

  /// ∫ f(r)·2πr dr by Simpson's rule in log r, from far inside the narrow Gaussian to far outside the wide one.
  static func radial(from least: Double, _ f: (Double) -> Double) -> Double {
    let (low, high) = (Double.log(least), Double.log(20.0))
    let intervals = 20_000
    let h = (high - low) / Double(intervals)
    return (0...intervals).reduce(0) { sum, i in
      let r = Double.exp(low + Double(i) * h)
      let weight = i == 0 || i == intervals ? 1.0 : i.isMultiple(of: 2) ? 2 : 4
      return sum + weight * h / 3 * 2 * .pi * r * r * f(r)
    }
  }

  static let ratios = [1e-1, 1e-2, 1e-3, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12]

  @Test("The rules of Gauss and of Kronrod are exact for polynomials of degree 13 and 22")
  func polynomials() {
    for degree in 0...22 {
      let exact = degree.isMultiple(of: 2) ? 2 / Double(degree + 1) : 0
      func sum(_ weight: (GaussKronrod.Node) -> Double) -> Double {
        GaussKronrod.nodes.reduce(0) { $0 + weight($1) * Double.pow($1.place, degree) }
      }
      #expect(isClose(sum(\.kronrod), exact, 1e-15))
      if degree <= 13 { #expect(isClose(sum(\.gauss), exact, 1e-15)) }
    }
  }

  @Test("Both rules agree on the toys, at every noise level, within the errors that they state")
  func rules() throws {
    let schedule = DiscreteSchedule.cosine(steps: 1000)
    for toy in Toys.all {
      guard let raw = toy.mixture else { continue }
      let data = raw.standardized(
        by: Standardization(mean: raw.mean, scale: (raw.covariance.trace / 2).squareRoot()))
      let grid = data.entropyEstimate()
      let cells = data.entropyEstimate(at: .clean, mostNodes: 0)
      // 1e-10 of the integral of the magnitude is what the cells are halved to.
      #expect(isClose(grid.values.x, cells.values.x, 1e-9), "\(toy.name)")
      #expect(grid.errors.x < 1e-9 && cells.errors.x < 1e-9)
      for t in [1, 100, 600] {
        let f: (PosteriorCovariance) -> SIMD4<Double> = {
          SIMD4($0.matrix.trace, $0.logDeterminant(scaledBy: 1, plus: 0), Double.log($0.matrix.xx), 0)
        }
        let level = schedule.levels[t]
        let (grid, cells) = (
          data.posteriorEstimate(at: level, of: f), data.posteriorEstimate(at: level, mostNodes: 0, of: f)
        )
        for lane in 0..<3 {
          #expect(
            abs(grid.values[lane] - cells.values[lane]) <= 1e-9 * abs(grid.values[lane]),
            "\(toy.name) at \(t): \(grid.values) \(cells.values)")
        }
      }
    }
  }

  @Test(
    "A narrow Gaussian within a wide one has the entropy of a radial integral, at any ratio",
    arguments: ratios)
  func nestedEntropy(ratio: Double) {
    for weight in [0.5, 0.01, 1e-6] {
      let data = Self.nested(ratio, weight: weight)
      let density = data.diffused(to: .clean)
      let exact = Self.radial(from: ratio * 1e-7) { r in
        let logDensity = density.logDensity(SIMD2(r, 0))
        return -logDensity * Double.exp(logDensity)
      }
      for nodes in [0, GaussianMixture.mostNodes] {
        let estimate = data.entropyEstimate(at: .clean, mostNodes: nodes)
        // What the radial integral leaves out near 0 is 1e-14 of it.
        #expect(isClose(estimate.values.x, exact, 1e-9), "\(weight): \(estimate) for \(exact)")
        #expect(estimate.errors.x < 1e-7)
      }
    }
  }

  @Test("So have the moments of its posterior, at every noise level", arguments: ratios)
  func nestedPosterior(ratio: Double) {
    let data = Self.nested(ratio)
    for level in [NoiseLevel(variancePreserving: 0.003), NoiseLevel(variancePreserving: 0.1)] {
      let density = data.diffused(to: level)
      let square = level.noise * level.noise
      let parts = data.components.map { component in
        let v = component.covariance.xx
        let c = level.signal * level.signal * v + square
        return (gain: level.signal * v / c, variance: square * v / c)
      }
      /// The variances of x₀ across the radius and along it.
      func variances(_ r: Double) -> (Double, Double) {
        let shares = density.responsibilities(SIMD2(r, 0))
        let within = zip(shares, parts).reduce(0) { $0 + $1.0 * $1.1.variance }
        let gap = (parts[0].gain - parts[1].gain) * r
        return (within, within + shares[0] * shares[1] * gap * gap)
      }
      func expected(_ f: @escaping (Double, Double) -> Double) -> Double {
        Self.radial(from: 1e-9) { r in
          let (across, along) = variances(r)
          return Double.exp(density.logDensity(SIMD2(r, 0))) * f(across, along)
        }
      }
      let trace = expected { $0 + $1 }
      let logDeterminant = expected { Double.log($0) + Double.log($1) }
      let estimate = data.posteriorEstimate(at: level) {
        SIMD4($0.matrix.trace, $0.logDeterminant(scaledBy: 1, plus: 0), 0, 0)
      }
      // Rounding alone leaves 1e-16/ratio of a digit of what is 1e-12 wide.
      let tolerance = max(1e-9, 1e-18 / ratio)
      #expect(abs(estimate.values.x - trace) < tolerance * trace, "\(estimate) for \(trace)")
      #expect(isClose(estimate.values.y, logDeterminant, tolerance), "\(estimate) for \(logDeterminant)")
      #expect(estimate.errors.y < 1e-4)
    }
  }

  @Test("One Gaussian has the closed form, however long, narrow and turned it is")
  func oneGaussian() {
    for width in [1, 1e-2, 1e-5] {
      for angle in [0, 0.3, 1.2, 2] {
        let component = Self.ellipse((1, width), at: angle, mean: SIMD2(3, -2))
        let data = GaussianMixture([component])
        let exact = 1 + Double.log(2 * .pi) + 0.5 * Double.log(component.covariance.determinant)
        // The determinant itself is known to 1e-16/width².
        let tolerance = max(1e-9, 1e-15 / (width * width))
        #expect(isClose(data.entropyEstimate(at: .clean, mostNodes: 0).values.x, exact, tolerance))
      }
    }
  }

  @Test("Components far apart add their entropies and that of the choice, each of a scale of its own")
  func separated() {
    let widths = [1, 1e-3, 1e-6, 1e-9]
    let components = widths.enumerated().map { i, width in
      let shape = Self.ellipse((width, width / 3), at: Double(i), mean: SIMD2(30 * Double(i), -40))
      return GaussianMixture.Component(
        weight: Double(i + 1) / 10, mean: shape.mean, covariance: shape.covariance)
    }
    let exact = components.reduce(0) { sum, component in
      let own = 1 + Double.log(2 * .pi) + 0.5 * Double.log(component.covariance.determinant)
      return sum + component.weight * (own - Double.log(component.weight))
    }
    #expect(isClose(GaussianMixture(components).entropy, exact, 1e-9))
  }

  @Test("The cost does not follow the narrowest component: long ones that cross, in any direction, included")
  func cost() {
    func most(_ data: GaussianMixture) -> Int {
      let f: (PosteriorCovariance) -> SIMD4<Double> = {
        SIMD4($0.matrix.trace, $0.logDeterminant(scaledBy: 1, plus: 0), 0, 0)
      }
      return max(
        data.entropyEstimate().evaluations,
        data.posteriorEstimate(at: NoiseLevel(variancePreserving: 0.005), of: f).evaluations)
    }
    for ratio in Self.ratios {
      #expect(most(Self.nested(ratio)) < 300_000, "nested \(ratio)")
      // A turned ellipse of this ratio is as much as its matrix can hold.
      let width = max(ratio, 2e-6)
      let star = GaussianMixture([
        Self.ellipse((1, width), at: 0.1), Self.ellipse((1, width), at: 1, mean: SIMD2(0.2, 0)),
        Self.ellipse((1, width / 2), at: 2, mean: SIMD2(0, 0.1)),
        Self.ellipse((1, 1), at: 0),
      ])
      #expect(most(star) < 1_000_000, "star \(ratio)")
      let cross = GaussianMixture([Self.ellipse((1, ratio), at: 0), Self.ellipse((ratio, 1), at: 0)])
      #expect(most(cross) < 500_000, "cross \(ratio)")
    }
  }

  @Test("Where it cannot be had within the evaluations, the error is stated and holds")
  func unreachable() {
    // A kink along a circle, which no halving along the axes ever fits.
    let cubature = AdaptiveCubature(tolerance: 1e-12, mostEvaluations: 20_000)
    let cell = AdaptiveCubature.Cell(part: 0, center: .zero, half: SIMD2(1, 1))
    let estimate = cubature.integral(over: [cell]) { _, x in
      SIMD4(max(0, 1 - (x * x).sum()), 1, 0, 0)
    }
    #expect(estimate.evaluations >= 20_000 && estimate.evaluations < 200_000)
    let miss = abs(estimate.values.x - .pi / 2)
    #expect(miss > 1e-12 && miss < estimate.errors.x)
    #expect(isClose(estimate.values.y, 4, 1e-14))
  }

  @Test("Between two narrow components the covariance's determinant keeps its digits")
  func determinant() {
    let gap = SIMD2(0.03, 0.05)
    for narrow in [1e-3, 1e-6, 1e-9, 1e-11] {
      let covariance = SymmetricMatrix(isotropic: narrow * narrow)
      let data = GaussianMixture([
        .init(weight: 1, mean: .zero, covariance: covariance),
        .init(weight: 2, mean: gap, covariance: covariance),
      ])
      let level = NoiseLevel(variancePreserving: 0.02)
      let density = data.diffused(to: level)
      let x = 0.4 * level.signal * gap
      let shares = density.responsibilities(x)
      let own = density.components[0].cleanCovariance.xx
      let difference = level.noise * level.noise * density.components[0].covariance.inverse.xx * gap
      let exact = own * own + own * shares[0] * shares[1] * (difference * difference).sum()
      let found = density.densityAndCovariance(x).covariance.determinant
      // The factor's small entry is rounded by 1e-16 of the gap.
      #expect(isClose(found / exact, 1, 1e-9 + 1e-17 / narrow), "\(narrow): \(found) for \(exact)")
    }
  }

  @Test("Units so large that no density is above e^-45 are no nothing")
  func units() {
    let wide = GaussianMixture.gaussian(mean: .zero, covariance: SymmetricMatrix(isotropic: 1e24))
    #expect(isClose(wide.entropy, 1 + Double.log(2 * .pi) + 24 * Double.log(10), 1e-12))
  }
}
