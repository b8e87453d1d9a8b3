import DiffusionProcess
import PointClouds
import ReverseSampling
import TestSupport
import Testing

/// Euler–Maruyama between walls adds Gaussian noise and folds, so a step's kernel is the reflected one around where
/// the step leads without noise. Along y the data are all alike, so that the score along x is that of x alone.
@Suite("Orders of convergence in law between walls")
struct ReflectedLawOrderTests {
  static let diffusion = ReflectedDiffusion()
  /// One Gaussian leans on a wall, the other stands off.
  static let mixture = GaussianMixture([
    .init(weight: 0.4, mean: SIMD2(0.06, 0.5), covariance: SymmetricMatrix(xx: 0.01, xy: 0, yy: 0.04)),
    .init(weight: 0.6, mean: SIMD2(0.7, 0.5), covariance: SymmetricMatrix(xx: 0.0225, xy: 0, yy: 0.04)),
  ])

  @Test("Euler–Maruyama is of the documented order, from the exact law at one time to that at another")
  func eulerMaruyama() throws {
    let oracle = try #require(FoldedMixture(Self.mixture, into: .unit))
    let counts = [10, 20, 40]
    let errors = counts.map { steps in
      let times = (0...steps).map { 0.85 - 0.35 * Double($0) / Double(steps) }
      var law = Self.law(at: times[0])
      for (from, to) in zip(times, times.dropFirst()) {
        func moved(_ z: Double) -> [Double] {
          var x = PointCloud(law.places.map { SIMD2($0, 0.5) })
          let normals = [SIMD2<Double>](repeating: SIMD2(z, 0), count: x.count)
          ReflectedEulerMaruyama().step(
            &x, from: from, to: to, of: Self.diffusion, using: oracle,
            noise: NoiseSource(recorded: [normals]).at(step: 0))
          return x.points.map(\.x)
        }
        let means = moved(0)
        // The deviation is the same everywhere; where so little noise is folded the difference is less.
        let deviation = zip(moved(0.01), means).map { abs($0 - $1) / 0.01 }.max() ?? 0
        let kernel = ReflectedKernel(sigma: deviation)
        law.carry { j, x in kernel.density(x, given: means[j]) }
      }
      return law.distance(from: Self.law(at: times[steps]))
    }
    let order = fittedOrder(counts.map(Double.init), errors)
    #expect(abs(order - Double(ReflectedEulerMaruyama().order)) < 0.15, "\(order): \(errors)")
  }

  /// The exact law at a time, along x.
  static func law(at time: Double) -> LineLaw {
    let sigma = diffusion.sigma(at: time)
    let kernels = mixture.components.map {
      ReflectedKernel(sigma: ($0.covariance.xx + sigma * sigma).squareRoot())
    }
    return LineLaw(places: (0..<120).map { (Double($0) + 0.5) / 120 }, spacing: 1 / 120) { x in
      zip(mixture.components, kernels).reduce(0) {
        $0 + $1.0.weight * $1.1.density(x, given: $1.0.mean.x)
      }
    }
  }
}
