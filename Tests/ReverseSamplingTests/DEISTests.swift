import DiffusionProcess
import PointClouds
import ReverseSampling
import TestSupport
import Testing

@Suite("DEIS")
struct DEISTests {
  /// ε̂ = σ² at every point, so that y gains ∫σ² dσ = σ³/3.
  struct Square: Denoiser {
    func denoise(_ noisy: PointCloud, at level: NoiseLevel, into clean: inout PointCloud) {
      for i in 0..<noisy.count {
        clean[i] = (noisy[i] - level.noise * level.sigma * level.sigma) / level.signal
      }
    }
  }

  private let noise = NoiseSource(seed: 1, purpose: .sampling)

  @Test("integrates a polynomial of as many predictions exactly, once it has them")
  func polynomial() {
    let sigmas = [3, 2.2, 1.7, 1.1, 0.6, 0.2]
    let grid = TimeGrid(sigmas: sigmas)
    let chain = DEIS(predictions: 3).trajectory(
      from: PointCloud([SIMD2(1, -2)]), along: grid, using: Square(), noise: noise)
    for i in 2..<grid.steps {
      let gain = (sigmas[i + 1] * sigmas[i + 1] * sigmas[i + 1] - sigmas[i] * sigmas[i] * sigmas[i]) / 3
      // Rounding of numbers of order 10.
      #expect(isClose(chain.clouds[i + 1][0] - chain.clouds[i][0], SIMD2(gain, gain), 1e-13))
    }
  }

  @Test("with one prediction is DDIM, also from a level without signal")
  func first() {
    let oracle = GaussianMixture.gaussian(mean: SIMD2(1, 0), covariance: SymmetricMatrix(isotropic: 0.3))
    for grid in [TimeGrid(RectifiedFlow(), steps: 8, end: 0), TimeGrid(.cosine(steps: 20), steps: 10)] {
      let start = grid.start(count: 20, noise: NoiseSource(seed: 2, purpose: .start))
      let one = DEIS(predictions: 1).sample(from: start, along: grid, using: oracle, noise: noise)
      let ddim = DDIM().sample(from: start, along: grid, using: oracle, noise: noise)
      let four = DEIS(predictions: 4).sample(from: start, along: grid, using: oracle, noise: noise)
      // The same sum in another order; the cosine chain divides by a signal of 1e-3.
      for i in 0..<20 { #expect(isClose(one[i], ddim[i], 1e-11)) }
      #expect(four.points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
    }
  }

  @Test("is of the documented order on a mixture, and more predictions make its error smaller")
  func order() {
    let oracle = GaussianMixture([
      .init(weight: 1, mean: SIMD2(1, 0), covariance: SymmetricMatrix(isotropic: 0.2)),
      .init(weight: 2, mean: SIMD2(-0.5, 0.4), covariance: SymmetricMatrix(xx: 0.3, xy: 0.1, yy: 0.2)),
    ])
    func ends(_ predictions: Int, _ steps: Int) -> PointCloud {
      let sigmas = (0...steps).map { 2 - 1.6 * Double($0) / Double(steps) }
      let start = NoiseSource(seed: 3, purpose: .start).normalCloud(count: 50).map { 2 * $0 }
      return DEIS(predictions: predictions).sample(
        from: start, along: TimeGrid(sigmas: sigmas), using: oracle, noise: noise)
    }
    let exact = ends(4, 2000)
    func error(_ predictions: Int, _ steps: Int) -> Double {
      zip(ends(predictions, steps).points, exact.points).reduce(0) { max($0, abs($1.0.x - $1.1.x)) }
    }
    let counts = [20, 40, 80]
    for predictions in 1...3 {
      let errors = counts.map { error(predictions, $0) }
      let slope = fittedOrder(counts.map(Double.init), errors)
      let order = DEIS(predictions: predictions).order
      // Where more predictions than two are used, the first steps' share of the error still shrinks.
      #expect(slope > Double(order) - 0.25, "\(predictions): \(errors)")
    }
    #expect(error(2, 40) < error(1, 40) / 5)
    #expect(error(3, 40) < error(2, 40) / 2)
  }
}
