import DiffusionProcess
import TestSupport
import Testing

@Suite("Schedules")
struct SchedulesTests {
  /// Fixture names and ours.
  static let names = ["linear": "linear-unscaled", "linear_rescaled": "linear", "cosine": "cosine"]

  @Test("Every table agrees with the reference, from T = 1 to T = 1000")
  func tables() throws {
    let fixture = try Fixture.load("schedules")
    let tolerance = fixture.tolerance  // 1e-9, which allows for the cosine's cancellation in β
    var compared = 0
    for entry in fixture.discrete.list {
      guard let name = Self.names[entry.schedule.string] else { continue }
      let schedule = try #require(DiscreteSchedule.named(name, steps: entry.T.int))
      for row in entry.rows.list {
        let t = row.t.int
        let level = schedule.level(step: t)
        #expect(isClose(schedule.betas[t], row.beta.double, tolerance), "\(row.path)")
        #expect(isClose(schedule.alphaBars[t], row.alpha_bar.double, tolerance), "\(row.path)")
        // Relative even where 1 − ᾱ is tiny: that is what (2.3) is for.
        #expect(
          abs(schedule.oneMinusAlphaBars[t] / row.one_minus_alpha_bar.double - 1) < 1e-8, "\(row.path)")
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
        compared += 1
      }
    }
    #expect(compared == 87, "30 rows of linear, 27 of its rescaling, 30 of cosine")
  }

  @Test("Time 0 is the data, exactly")
  func startsAtData() {
    for (name, make) in DiscreteSchedule.registry {
      #expect(make(10).level(step: 0) == .clean, "\(name)")
    }
  }

  @Test("ᾱ falls at every step, and the noise level at time t is that of step t·T")
  func monotone() {
    for (name, make) in DiscreteSchedule.registry {
      let schedule = make(50)
      #expect(zip(schedule.alphaBars, schedule.alphaBars.dropFirst()).allSatisfy(>), "\(name)")
      #expect(schedule.level(at: 0.5) == schedule.level(step: 25), "\(name)")
    }
  }

  @Test("A name and a length give back the same schedule")
  func named() throws {
    for (name, make) in DiscreteSchedule.registry {
      #expect(make(40).name == name)
      #expect(DiscreteSchedule.named(name, steps: 40) == make(40))
    }
    #expect(DiscreteSchedule.named("nosuch", steps: 40) == nil)
  }

  @Test("A short unscaled linear chain warns that it stops before its prior, with the number")
  func priorWarning() throws {
    // ᾱ_50 = 0.603 is the trap of tiny-diffusion's default.
    let warning = try #require(DiscreteSchedule.linearUnscaled(steps: 50).priorWarning)
    #expect(warning.contains("0.603"))
    for steps in [50, 100, 1000] {
      #expect(DiscreteSchedule.linear(steps: steps).priorWarning == nil)
      #expect(DiscreteSchedule.cosine(steps: steps).priorWarning == nil)
    }
  }
}
