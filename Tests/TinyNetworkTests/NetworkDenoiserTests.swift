import DiffusionProcess
import PointClouds
import TestSupport
import Testing

@testable import TinyNetwork

@Suite("The network as a denoiser")
struct NetworkDenoiserTests {
  private let architecture = NetworkArchitecture(width: 40, blocks: 2, noiseFeatures: 8, fourierFeatures: 2)

  private func head(_ prediction: Prediction) -> NetworkHead {
    NetworkHead(prediction, schedule: .cosine(steps: 100))
  }

  @Test("says what the reference says", arguments: Prediction.unitScale)
  func reference(prediction: Prediction) {
    let weights = randomWeights(architecture)
    let denoiser = NetworkDenoiser(weights: weights, head: head(prediction), threads: 1)
    let network = ReferenceNetwork(weights)
    let level = NoiseLevel(signal: 0.9, noise: 0.7)
    let points = arcs(101)
    let clean = denoiser.denoise(points, at: level)
    let c = prediction.cleanCoefficients(at: level.normalized.level)
    for i in 0..<points.count {
      let said = network(InputFeatures(architecture: architecture).inputs(points[i], at: level))
      let expected = c.noisy * points[i] / level.normalized.norm + c.output * SIMD2(said[0], said[1])
      // Numbers up to 10 in Float, 40 units a layer.
      #expect(abs(clean[i].x - expected.x) < 2e-5 && abs(clean[i].y - expected.y) < 2e-5)
    }
  }

  @Test("gives the same bits for 1, 2 and 4 threads, and for a point alone")
  func threads() {
    let weights = randomWeights(architecture)
    let level = NoiseLevel(variancePreserving: 1.3)
    let points = arcs(1000)
    let one = NetworkDenoiser(weights: weights, head: head(.v), threads: 1).denoise(points, at: level)
    for threads in [2, 4] {
      let many = NetworkDenoiser(weights: weights, head: head(.v), threads: threads)
      #expect(many.denoise(points, at: level) == one)
      #expect(many.denoise(PointCloud([points[517]]), at: level)[0] == one[517])
    }
  }

  @Test("serves any process: rescaled points at the rescaled level have the same answer")
  func anyProcess() {
    let denoiser = NetworkDenoiser(weights: randomWeights(architecture), head: head(.epsilon), threads: 1)
    let points = arcs(20)
    let preserving = NoiseLevel(variancePreserving: 2)
    let exploding = NoiseLevel(signal: 1, noise: 2)
    let a = denoiser.denoise(points, at: preserving)
    let b = denoiser.denoise(points.map { $0 / preserving.signal }, at: exploding)
    for i in 0..<points.count {
      // The same inputs up to rounding, which ε's conversion amplifies little at σ = 2.
      #expect(abs(a[i].x - b[i].x) < 1e-4 && abs(a[i].y - b[i].y) < 1e-4)
    }
  }

  @Test("is finite at pure noise and the point itself at no noise", arguments: Prediction.unitScale)
  func ends(prediction: Prediction) {
    let denoiser = NetworkDenoiser(weights: randomWeights(architecture), head: head(prediction), threads: 1)
    let points = arcs(20)
    let noise = denoiser.denoise(points, at: NoiseLevel(signal: 0, noise: 1))
    #expect(noise.points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
    if prediction == .epsilon {
      #expect(noise.points.allSatisfy { $0 == .zero })
      // Almost pure noise, where ε would be divided by next to nothing.
      let faint = denoiser.denoise(points, at: NoiseLevel(signal: 0.001, noise: 1))
      #expect((0..<20).allSatisfy { isClose(faint[$0], 0.001 * points[$0], 1e-6) })
    }
    let clean = denoiser.denoise(points, at: NoiseLevel(signal: 2, noise: 0))
    #expect((0..<20).allSatisfy { clean[$0] == points[$0] / 2 })
  }

  @Test("keeps its answers in the box of the data")
  func box() {
    let box = DataBox(lower: SIMD2(-1, -0.5), upper: SIMD2(1, 0.5))
    let denoiser = NetworkDenoiser(
      weights: randomWeights(architecture), head: head(.epsilon), support: box, threads: 1)
    let clean = denoiser.denoise(arcs(50), at: NoiseLevel(variancePreserving: 40))
    #expect(clean.points.allSatisfy { abs($0.x) <= 1 && abs($0.y) <= 0.5 })
    #expect(clean.points.contains { abs($0.x) == 1 })
  }
}
