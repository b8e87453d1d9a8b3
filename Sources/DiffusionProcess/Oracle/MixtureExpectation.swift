import PointClouds
import RealModule

/// Expectations over the noisy density of a mixture, by the cheaper of two rules.
///
/// The trapezoidal rule on a grid over the plane converges exponentially in σ/h, with h the spacing and σ the
/// narrowest standard deviation of p_t. Responsibilities change between components faster than any Gaussian does: at
/// h = σ/2 the mean posterior covariance of three overlapping Gaussians is accurate to 1e-6, at the h = σ/4 used here
/// to 1e-10. The cost grows like 1/σ². If that is more than `mostNodes`, `ComponentWindow` integrates each
/// component in its own coordinates, at a cost that grows like log 1/σ.
extension GaussianMixture: ExactDenoiser {
  /// E[f(x_t)] over the noisy density p_t.
  /// - Parameter f: a function of log p_t and its derivatives at a point. It may be called with some of the
  ///   components only, and with point and components shifted together.
  package func expectation(
    at level: NoiseLevel, of f: (DiffusedMixture, SIMD2<Double>) -> Double
  ) -> Double {
    estimate(at: level, amplification: 1) { mixture, x, least in
      let logDensity = mixture.logDensity(x)
      guard logDensity > least else { return .zero }
      return SIMD4(Double.exp(logDensity) * f(mixture, x), 0, 0, 0)
    }.values.x
  }

  public func entropy(at level: NoiseLevel = .clean) -> Double { entropyEstimate(at: level).values.x }

  /// ``entropy(at:)`` as the first of four values, with the error of the numeric integral.
  package func entropyEstimate(
    at level: NoiseLevel = .clean, mostNodes: Double = GaussianMixture.mostNodes
  ) -> QuadratureEstimate {
    estimate(at: level, amplification: 1, mostNodes: mostNodes) { mixture, x, least in
      let logDensity = mixture.logDensity(x)
      guard logDensity > least else { return .zero }
      return SIMD4(-Double.exp(logDensity) * logDensity, 0, 0, 0)
    }
  }

  package func posteriorEstimate(
    at level: NoiseLevel, of f: (PosteriorCovariance) -> SIMD4<Double>
  ) -> QuadratureEstimate {
    posteriorEstimate(at: level, mostNodes: Self.mostNodes, of: f)
  }

  /// ``posteriorEstimate(at:of:)`` with another ``mostNodes``.
  package func posteriorEstimate(
    at level: NoiseLevel, mostNodes: Double, of f: (PosteriorCovariance) -> SIMD4<Double>
  ) -> QuadratureEstimate {
    estimate(at: level, amplification: posteriorContrast(at: level), mostNodes: mostNodes) {
      mixture, x, least in
      let (logDensity, covariance) = mixture.densityAndCovariance(x)
      guard logDensity > least else { return .zero }
      return Double.exp(logDensity) * f(covariance)
    }
  }

  /// The largest number of nodes for which the grid over the plane is used.
  package static let mostNodes = 200_000.0

  /// The integral over the plane.
  /// - Parameters:
  ///   - amplification: the largest influence of a component on `f` relative to its share of the density.
  ///   - f: p·f of a mixture at a point, or 0 if log p is below `least`.
  private func estimate(
    at level: NoiseLevel, amplification: Double, mostNodes: Double = Self.mostNodes,
    _ f: (_ mixture: DiffusedMixture, _ x: SIMD2<Double>, _ least: Double) -> SIMD4<Double>
  ) -> QuadratureEstimate {
    let grid = PlaneGrid(around: self, at: level)
    if grid.nodes <= mostNodes {
      let diffused = diffused(to: level)
      return grid.integral { f(diffused, $0, grid.leastLogDensity) }
    }
    let mixture = sorted.diffused(to: level)
    let radius = (64 + 2 * Double.log(amplification)).squareRoot()
    let windows = components.indices.map { ComponentWindow($0, of: mixture, radius: radius) }
    // Rounding grows with the amplification; below its size a cell cannot be distinguished from its halves.
    let tolerance = max(
      1e-10, 0.05 * Double.ulpOfOne * amplification.squareRoot(), 64 * conditioning(mixture))
    let cubature = AdaptiveCubature(tolerance: tolerance, mostEvaluations: 2_000_000)
    return cubature.integral(over: windows.indices.flatMap { windows[$0].cells(part: $0) }) { part, place in
      windows[part].difference(at: place) { f($0, $1, -.infinity) }
    }
  }

  /// The mixture with its components sorted by their narrowest width, the widest first.
  private var sorted: GaussianMixture {
    GaussianMixture(
      components.indices.map { (index: $0, width: components[$0].covariance.positiveEigenvalues.1) }
        .sorted { ($1.width, $0.index) < ($0.width, $1.index) }
        .map { components[$0.index] })
  }

  /// The largest relative rounding error of a coordinate in units of a component's width across it.
  private func conditioning(_ mixture: DiffusedMixture) -> Double {
    Double.ulpOfOne
      * (mixture.components.map { $0.covariance.xx * $0.covariance.yy / $0.covariance.determinant }.max() ?? 1)
      .squareRoot()
  }

  /// The squared reach of x₀ | x_t over its least possible variance: a component changes the logarithm of a posterior
  /// covariance at most by this factor times its share of the density.
  private func posteriorContrast(at level: NoiseLevel) -> Double {
    let square = level.noise * level.noise
    guard square > 0 else { return 1 }
    let (first, signal) = (components[0].mean, level.signal * level.signal)
    var reach = 0.0
    var least = Double.infinity
    for component in components {
      let (wide, narrow) = component.covariance.positiveEigenvalues
      let offset = component.mean - first
      reach = max(reach, (offset * offset).sum() + wide)
      least = min(least, square * narrow / (signal * narrow + square))
    }
    return max(1, reach / least)
  }
}
