import DiffusionProcess
import PointClouds
import TestSupport
import Testing

@Suite("Schedules", .fixtures)
struct SchedulesTests {
  @Test("Every table agrees with the reference")
  func tables() throws {
    let fixture = try Fixture.load("schedules")
    // The project's own file has 1e-9, which allows for the cosine's cancellation in β.
    let tolerance = fixture.tolerance
    for entry in fixture.discrete.list {
      let schedule = try DiscreteSchedule(entry)
      for row in entry.rows.list {
        let t = row.t.int
        let level = schedule.level(step: t)
        #expect(isClose(schedule.betas[t], row.beta.double, tolerance), "\(row.path)")
        #expect(isClose(schedule.alphaBars[t], row.alpha_bar.double, tolerance), "\(row.path)")
        // Relative even where 1 − ᾱ is tiny: that is what Equations (2.3) is for.
        #expect(
          abs(schedule.oneMinusAlphaBars[t] / row.one_minus_alpha_bar.double - 1) < 10 * tolerance,
          "\(row.path)")
        #expect(isClose(level.signal, row.sqrt_alpha_bar.double, tolerance), "\(row.path)")
        #expect(isClose(level.noise, row.sqrt_one_minus_alpha_bar.double, tolerance), "\(row.path)")
        #expect(isClose(level.snr, row.snr.double, tolerance), "\(row.path)")
        #expect(isClose(level.halfLogSNR, row.half_log_snr.double, tolerance), "\(row.path)")
        #expect(isClose(level.sigma, row.edm_sigma.double, tolerance), "\(row.path)")
        #expect(isClose(schedule.posteriorVariance(step: t), row.beta_tilde.double, tolerance), "\(row.path)")
        let posterior = ReversePosterior(from: level, to: schedule.level(step: t - 1))
        #expect(
          isClose(posterior.cleanCoefficient, row.posterior_mean_coef_x0.double, tolerance), "\(row.path)")
        #expect(
          isClose(posterior.noisyCoefficient, row.posterior_mean_coef_xt.double, tolerance), "\(row.path)")
      }
    }
  }

  @Test("Time 0 is the data, exactly, and the noise-to-signal ratio rises at every step")
  func path() throws {
    for entry in DiscreteSchedule.all {
      for steps in [1, 2, 50] {
        let schedule = entry.make(steps)
        #expect(schedule.steps == steps)
        #expect(schedule.level(step: 0) == .clean, "\(entry.name)")
        let sigmas = schedule.levels.map(\.sigma)
        #expect(zip(sigmas, sigmas.dropFirst()).allSatisfy(<), "\(entry.name)")
        #expect(schedule.betas[0] == 0 && schedule.betas.dropFirst().allSatisfy { $0 > 0 }, "\(entry.name)")
      }
      let schedule = entry.make(50)
      #expect(schedule.level(at: 0.5) == schedule.level(step: 25), "\(entry.name)")
    }
  }

  @Test("β_t is the variance that one step adds, whatever the path")
  func transitions() {
    for entry in DiscreteSchedule.all {
      let schedule = entry.make(20)
      for t in 1...20 {
        let (from, to) = (schedule.levels[t], schedule.levels[t - 1])
        let factor = from.signal / to.signal
        // s_t² = (a_t/a_{t−1})² s_{t−1}² + β_t: two roundings on numbers up to 6400.
        let variance = factor * factor * to.noise * to.noise + schedule.betas[t]
        #expect(isClose(variance, from.noise * from.noise, 1e-13), "\(entry.name) at \(t)")
        let posterior = ReversePosterior(from: from, to: to)
        #expect(isClose(schedule.posteriorVariance(step: t), posterior.variance, 1e-13), "\(entry.name)")
      }
    }
  }

  @Test("The VP SDE sampled at t/T is the chain with β from its integral")
  func twoWays() throws {
    let (a, b) = (
      try #require(DiscreteSchedule.named("vp", steps: 100)), DiscreteSchedule.vpExact(steps: 100)
    )
    for t in 0...100 {
      // Sums of a hundred logarithms of order 0.1.
      #expect(isClose(a.levels[t].signal, b.levels[t].signal, 1e-14))
      #expect(isClose(a.levels[t].noise, b.levels[t].noise, 1e-14))
      #expect(isClose(a.betas[t], b.betas[t], 1e-13))
    }
    for level in a.levels + b.levels {
      #expect(isClose(level.signal * level.signal + level.noise * level.noise, 1, 1e-14))
    }
  }

  @Test("The rates of a sampled process are its own, and differences come close to them")
  func rates() throws {
    let process = VariancePreserving()
    let (exact, differences) = (
      DiscreteSchedule(sampling: process, steps: 1000), DiscreteSchedule.vpExact(steps: 1000)
    )
    for t in stride(from: 100, through: 900, by: 100) {
      let own = process.rates(at: Double(t) / 1000)
      #expect(exact.rates[t].signal == own.signal && exact.rates[t].noise == own.noise)
      // Central differences: h²/6 · s‴ with s‴ up to 10⁴ at t = 0.1.
      #expect(isClose(differences.rates[t].signal, own.signal, 2e-3))
      #expect(isClose(differences.rates[t].noise, own.noise, 2e-3))
    }
  }

  @Test("A name and a length give back the same schedule")
  func named() throws {
    for entry in DiscreteSchedule.all {
      #expect(entry.make(40).name == entry.name)
      #expect(DiscreteSchedule.named(entry.name, steps: 40) == entry.make(40))
    }
    #expect(DiscreteSchedule.named("nosuch", steps: 40) == nil)
  }

  @Test("A chain that stops before its prior warns with the number, and only such a chain")
  func priorWarning() throws {
    // ᾱ_50 = 0.603 is the trap of tiny-diffusion's default.
    let warning = try #require(DiscreteSchedule.linearUnscaled(steps: 50).priorWarning)
    #expect(warning.contains("0.603"))
    for entry in DiscreteSchedule.all {
      #expect(entry.make(1000).priorWarning == nil, "\(entry.name)")
    }
    // Those whose β do not grow with shorter chains warn at 50 steps; the others reach their prior at any T.
    for name in ["cosine", "linear", "sigmoid", "vp-exact", "polynomial", "vp", "ve", "flow", "karras"] {
      #expect(try #require(DiscreteSchedule.named(name, steps: 50)).priorWarning == nil, "\(name)")
    }
    let short = DiscreteSchedule(
      name: "short", sigmas: SigmaGrid.logLinear(count: 50, sigmaMin: 0.01, sigmaMax: 3))
    // 1 / (1 + 3²) of the variance is data.
    #expect(try #require(short.priorWarning).contains("0.100"))
  }

  @Test("The polynomial schedule has the signal 1 − (t/T)², its last step alone clipped")
  func polynomial() {
    let schedule = DiscreteSchedule.polynomial(steps: 10)
    for t in 0..<10 {
      let signal = 1 - Double(t * t) / 100
      // A sum of nine logarithms of order 0.1.
      #expect(isClose(schedule.levels[t].signal, signal, 1e-14), "t = \(t)")
    }
    #expect(schedule.betas[10] == 0.999)
  }

  @Test("Where a visited step falls halfway between two, the chain visits the noisier")
  func halfway() {
    #expect(DiscreteSchedule.cosine(steps: 5).visits(steps: 2) == [5, 3, 0])
    #expect(DiscreteSchedule.cosine(steps: 10).visits(steps: 4) == [10, 8, 5, 3, 0])
  }
}
