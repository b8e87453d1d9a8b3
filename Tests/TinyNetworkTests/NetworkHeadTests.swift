import DiffusionProcess
import TestSupport
import Testing

@testable import TinyNetwork

@Suite("What the outputs mean")
struct NetworkHeadTests {
  static let schedules = ["cosine", "vp-exact", "sub-vp", "ve", "flow", "karras"]

  private func schedule(_ name: String) throws -> DiscreteSchedule {
    try #require(DiscreteSchedule.named(name, steps: 100))
  }

  @Test(
    "right outputs give back x₀ and the prediction, on any path",
    arguments: Prediction.allCases, schedules)
  func inverse(prediction: Prediction, name: String) throws {
    let schedule = try schedule(name)
    let head = NetworkHead(prediction, schedule: schedule)
    let (x, epsilon) = (SIMD2(0.7, -1.2), SIMD2(-0.4, 1.9))
    let table = PredictionTable(prediction, schedule: schedule)
    for level in schedule.levels.dropFirst() {
      let reading = head.reading(at: level)
      let (a, s) = (reading.level.signal, reading.level.noise)
      #expect(abs(a * a + s * s - 1) < 1e-12)
      let scaled = a * x + s * epsilon
      let output = reading.target.clean * x + reading.target.noise * epsilon
      // Outputs are of size 1 for data of variance 1.
      let size = reading.target.clean * reading.target.clean + reading.target.noise * reading.target.noise
      #expect(abs(size - 1) < 1e-9)
      let said = reading.skip * scaled + reading.scale * output
      let target = table.target(clean: x, epsilon: epsilon, at: reading.level)
      // Relative to a target that may be 500 where the score explodes.
      #expect(isClose(said, target, 1e-9))
      if reading.isLinear {
        #expect(reading.level.signal < 0.03)
      } else {
        let clean = reading.clean.noisy * scaled + reading.clean.output * output
        // Divided by a signal of at least 1/50.
        #expect(isClose(clean, x, 1e-10))
      }
    }
  }

  @Test(
    "an error of the outputs is one of x₀ and one of ε by the stated factors", arguments: Prediction.allCases)
  func errors(prediction: Prediction) {
    let head = NetworkHead(prediction, schedule: .cosine(steps: 50))
    let reading = head.reading(at: head.schedule.level(step: 20))
    let (a, s) = (reading.level.signal, reading.level.noise)
    let clean = reading.clean
    #expect(clean.output == reading.cleanFactor)
    // ε = (x̃ − a·x₀) / s.
    #expect(isClose(reading.noiseFactor, -a * reading.cleanFactor / s, 1e-12))
  }

  @Test("of the mean is −v, of the score −ε, and of rectified flow's velocity the velocity over √2")
  func scaled() {
    let schedule = DiscreteSchedule.cosine(steps: 100)
    for step in [1, 30, 100] {
      let level = schedule.level(step: step)
      let mean = NetworkHead(.mean, schedule: schedule).reading(at: level).target
      #expect(isClose(mean.clean, level.noise, 1e-9) && isClose(mean.noise, -level.signal, 1e-9))
      let score = NetworkHead(.score, schedule: schedule).reading(at: level).target
      #expect(score.clean == 0 && isClose(score.noise, -1, 1e-12))
    }
    let flow = NetworkHead(.velocity, schedule: DiscreteSchedule(sampling: RectifiedFlow(), steps: 10))
    let reading = flow.reading(at: NoiseLevel(signal: 0.7, noise: 0.3))
    #expect(isClose(reading.scale, 2.0.squareRoot(), 1e-12) && reading.skip == 0)
  }

  @Test("EDM's raw network is −v, and its denoiser the one of v")
  func edm() {
    let head = NetworkHead(.v, schedule: .cosine(steps: 10))
    let edm = EDMPreconditioning()
    for sigma in [0.002, 0.3, 1, 7, 40] {
      let reading = head.reading(at: NoiseLevel(signal: 1, noise: sigma))
      let (x, n, said) = (SIMD2(0.7, -1.2), SIMD2(-0.4, 1.9), SIMD2(0.3, 0.8))
      let noisy = x + sigma * n
      let v = reading.target.clean * x + reading.target.noise * n
      #expect(isClose(edm.target(clean: x, noisy: noisy, sigma: sigma), -v, 1e-12))
      let denoised = reading.clean.noisy * (noisy * edm.input(sigma)) + reading.clean.output * -said
      #expect(isClose(edm.denoised(noisy, network: said, sigma: sigma), denoised, 1e-12))
    }
  }

  @Test("counts the outputs of the variance")
  func outputs() {
    let counts = ReverseVariance.trainable.map {
      NetworkHead(.v, variance: $0, schedule: .cosine(steps: 4)).outputs
    }
    #expect(counts == [2, 2, 4, 4, 5, 6])
  }
}
