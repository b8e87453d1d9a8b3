import DiffusionProcess
import TestSupport
import Testing

@Suite("The posterior of a reverse step", .fixtures)
struct ReversePosteriorTests {
  @Test("One step to the data lands on x₀: A = 0, B = 1, V = 0")
  func toData() {
    let posterior = ReversePosterior(from: NoiseLevel(signal: 0.9, noise: 0.4), to: .clean)
    #expect(posterior.noisyCoefficient == 0)
    #expect(posterior.cleanCoefficient == 1)
    #expect(posterior.variance == 0)
  }

  @Test("A noisy point without signal tells nothing: the posterior is the forward kernel of x₀")
  func fromPureNoise() {
    let target = NoiseLevel(signal: 0.6, noise: 0.8)
    let posterior = ReversePosterior(from: NoiseLevel(signal: 0, noise: 1), to: target)
    #expect(posterior.noisyCoefficient == 0)
    #expect(posterior.cleanCoefficient == 0.6)
    #expect(posterior.variance == 0.8 * 0.8)
  }

  @Test("Averaged over q(x_t | x₀) the posterior has the mean and the variance of q(x_s | x₀)")
  func tower() {
    let from = NoiseLevel(signal: 0.5, noise: 1.3)
    let to = NoiseLevel(signal: 0.8, noise: 0.4)
    let p = ReversePosterior(from: from, to: to)
    // Two roundings on numbers of order 1.
    #expect(abs(p.noisyCoefficient * from.signal + p.cleanCoefficient - to.signal) < 1e-15)
    let variance = p.noisyCoefficient * p.noisyCoefficient * from.noise * from.noise + p.variance
    #expect(abs(variance - to.noise * to.noise) < 1e-15)
  }

  @Test("Single and strided steps agree with the reference")
  func reference() throws {
    let fixture = try Fixture.load("posterior_strided")
    for entry in fixture.cases.list {
      let schedule = try DiscreteSchedule(entry, of: fixture)
      let from = schedule.level(step: entry.t.int)
      let to = schedule.level(step: entry.s.int)
      let p = ReversePosterior(from: from, to: to)
      let tolerance = fixture.tolerance
      #expect(isClose(from.signal / to.signal, entry.a_t_given_s.double, tolerance), "\(entry.path)")
      #expect(isClose(p.transitionVariance, entry.variance_t_given_s.double, tolerance), "\(entry.path)")
      #expect(isClose(p.noisyCoefficient, entry.coef_xt.double, tolerance), "\(entry.path)")
      #expect(isClose(p.cleanCoefficient, entry.coef_x0.double, tolerance), "\(entry.path)")
      #expect(isClose(p.variance, entry.posterior_variance.double, tolerance), "\(entry.path)")
      let mean = p.mean(noisy: entry.xt.point, clean: entry.x0.point)
      #expect(isClose(mean, entry.posterior_mean.point, tolerance), "\(entry.path)")
    }
  }
}
