import DiffusionProcess
import PointClouds
import TestSupport
import Testing

@testable import TinyNetwork

@Suite("The derivative of a network")
struct NetworkJacobianTests {
  private let architecture = NetworkArchitecture(width: 40, blocks: 2, noiseFeatures: 8, fourierFeatures: 2)

  @Test("is that of the network in Double, by central differences", arguments: Prediction.allCases)
  func differences(prediction: Prediction) {
    var architecture = architecture
    architecture.outputs = 4
    let weights = randomWeights(architecture)
    let head = NetworkHead(prediction, variance: .diagonal, schedule: .vpExact(steps: 50))
    let denoiser = NetworkDenoiser(weights: weights, head: head, threads: 1)
    let reference = ReferenceNetwork(weights)
    let level = NoiseLevel(signal: 0.9, noise: 0.7)
    let points = arcs(101)
    let answer = head.reading(at: level).clean
    func clean(_ x: SIMD2<Double>) -> SIMD2<Double> {
      let said = reference(InputFeatures(architecture: architecture).inputs(x, at: level))
      return answer.noisy * x / level.normalized.norm + answer.output * SIMD2(said[0], said[1])
    }
    let found = denoiser.linearized(points, at: level)
    #expect(found.clean == denoiser.denoise(points, at: level))
    let h = 1e-5
    for i in 0..<points.count {
      let byX = (clean(points[i] + SIMD2(h, 0)) - clean(points[i] - SIMD2(h, 0))) / (2 * h)
      let byY = (clean(points[i] + SIMD2(0, h)) - clean(points[i] - SIMD2(0, h))) / (2 * h)
      let jacobian = found.jacobians[i]
      // Derivatives up to 10 in Float, 40 units a layer; the differences themselves are good to 1e-9.
      #expect(isClose(SIMD2(jacobian.xx, jacobian.yx), byX, 3e-5), "\(i)")
      #expect(isClose(SIMD2(jacobian.xy, jacobian.yy), byY, 3e-5), "\(i)")
    }
  }

  @Test("has rows of 0 where the answer is clamped, and is the multiple where the answer is one")
  func clampedAndLinear() {
    let box = DataBox(lower: SIMD2(-1, -0.5), upper: SIMD2(1, 0.5))
    let head = NetworkHead(.epsilon, schedule: .cosine(steps: 100))
    let denoiser = NetworkDenoiser(
      weights: randomWeights(architecture), head: head, support: box, threads: 1)
    let points = arcs(50).map { ($0 - SIMD2(5, -2)) / 3 }
    let found = denoiser.linearized(points, at: NoiseLevel(variancePreserving: 1))
    for i in 0..<50 {
      #expect((abs(found.clean[i].x) == 1) == (found.jacobians[i].xx == 0))
      #expect((abs(found.clean[i].y) == 0.5) == (found.jacobians[i].yy == 0))
    }
    #expect(found.clean.points.contains { abs($0.x) == 1 } && found.clean.points.contains { abs($0.x) < 1 })
    let faint = denoiser.linearized(arcs(3), at: NoiseLevel(signal: 0.001, noise: 1)).jacobians[0]
    #expect(isClose(faint.xx, 0.001, 1e-6) && faint.xy == 0 && isClose(faint.yy, 0.001, 1e-6))
    let clean = denoiser.linearized(arcs(3), at: NoiseLevel(signal: 2, noise: 0)).jacobians[0]
    #expect(clean == Jacobian(xx: 0.5, xy: 0, yx: 0, yy: 0.5))
  }

  @Test("has the same bits for any number of threads, and for a point alone")
  func threads() {
    let weights = randomWeights(architecture)
    let head = NetworkHead(.v, schedule: .cosine(steps: 100))
    let level = NoiseLevel(variancePreserving: 1.3)
    let points = arcs(500)
    let one = NetworkDenoiser(weights: weights, head: head, threads: 1).linearized(points, at: level)
    let two = NetworkDenoiser(weights: weights, head: head, threads: 2)
    #expect(two.linearized(points, at: level).jacobians == one.jacobians)
    #expect(two.linearized(PointCloud([points[317]]), at: level).jacobians[0] == one.jacobians[317])
  }
}
