import PointClouds
import Testing

@Suite("Gaussian mixtures as data")
struct GaussianMixtureTests {
  @Test("weights are divided by their sum")
  func normalises() {
    let mixture = GaussianMixture(weights: [1, 3], means: [.zero, SIMD2(1, 1)], std: 2)
    #expect(mixture.components.map(\.weight) == [0.25, 0.75])
    #expect(mixture.components[1].covariance == SymmetricMatrix(xx: 4, xy: 0, yy: 4))
  }

  @Test("the Cholesky factor multiplies back to the covariance")
  func cholesky() throws {
    for covariance in try #require(AnisotropicMixture().mixture).components.map(\.covariance) {
      let l = covariance.cholesky
      // A few roundings of numbers below 1.
      #expect(abs(l.xx * l.xx - covariance.xx) < 1e-15)
      #expect(abs(l.xx * l.yx - covariance.xy) < 1e-15)
      #expect(abs(l.yx * l.yx + l.yy * l.yy - covariance.yy) < 1e-15)
      #expect(abs(l.xx * l.xx * l.yy * l.yy - covariance.determinant) < 1e-15)
    }
  }

  @Test("samples have each component's weight, mean and covariance")
  func moments() throws {
    let mixture = try #require(AnisotropicMixture().mixture)
    let count = 60_000
    let cloud = mixture.sample(count: count, noise: NoiseSource(seed: 2, purpose: .data))
    let labels = cloud.labels ?? []
    for (k, component) in mixture.components.enumerated() {
      let points = (0..<count).filter { labels[$0] == k }.map { cloud[$0] - component.mean }
      let n = Double(points.count)
      let (w, s) = (component.weight, component.covariance)
      // Five standard errors everywhere.
      #expect(abs(n / Double(count) - w) < 5 * (w * (1 - w) / Double(count)).squareRoot())
      let mean = points.reduce(.zero, +) / n
      #expect(abs(mean.x) < 5 * (s.xx / n).squareRoot() && abs(mean.y) < 5 * (s.yy / n).squareRoot())
      let squares = points.reduce(.zero) { $0 + $1 * $1 } / n
      let product = points.reduce(0) { $0 + $1.x * $1.y } / n
      #expect(abs(squares.x - s.xx) < 5 * s.xx * (2 / n).squareRoot())
      #expect(abs(squares.y - s.yy) < 5 * s.yy * (2 / n).squareRoot())
      #expect(abs(product - s.xy) < 5 * ((s.xx * s.yy + s.xy * s.xy) / n).squareRoot())
    }
  }

  @Test("a mixture of one component has no labels")
  func single() {
    let mixture = GaussianMixture(means: [SIMD2(1, 2)], std: 0.5)
    #expect(mixture.sample(count: 3, noise: NoiseSource(seed: 1, purpose: .data)).labels == nil)
  }
}
