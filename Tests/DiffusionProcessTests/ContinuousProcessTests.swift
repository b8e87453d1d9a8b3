import DiffusionProcess
import TestSupport
import Testing

@Suite("Continuous processes", .fixtures)
struct ContinuousProcessTests {
  static let processes: [String: any ContinuousProcess] = [
    "vp": VariancePreserving(), "sub_vp": SubVariancePreserving(), "ve": VarianceExploding(),
    "rectified_flow": RectifiedFlow(),
  ]

  @Test("Levels, drift and diffusion agree with the reference")
  func reference() throws {
    let fixture = try Fixture.load("schedules")
    for entry in fixture.continuous.list {
      let process = try entry.process.continuousProcess(entry.parameters)
      for row in entry.rows.list {
        let level = process.level(at: row.t.double)
        let tolerance = fixture.tolerance
        #expect(isClose(level.signal, row.a.double, tolerance), "\(row.path)")
        #expect(isClose(level.noise, row.s.double, tolerance), "\(row.path)")
        // Without signal the file has no numbers: ±∞ is none in JSON.
        if level.signal == 0 { continue }
        #expect(isClose(process.drift(at: row.t.double), row.f.double, tolerance), "\(row.path)")
        #expect(
          isClose(process.squaredDiffusion(at: row.t.double), row.g_squared.double, tolerance), "\(row.path)")
        #expect(isClose(level.halfLogSNR, row.half_log_snr.double, tolerance), "\(row.path)")
        #expect(isClose(level.snr, row.snr.double, tolerance), "\(row.path)")
        #expect(isClose(level.sigma, row.edm_sigma.double, tolerance), "\(row.path)")
      }
    }
  }

  @Test("The rates are the derivatives of the level")
  func rates() {
    let h = 1e-5
    for (name, process) in Self.processes {
      for t in [0.1, 0.4, 0.9] {
        let (after, before) = (process.level(at: t + h), process.level(at: t - h))
        let rates = process.rates(at: t)
        // Central differences: h²·a‴/6 with a‴ up to 10⁴ leaves 1e-6.
        #expect(isClose(rates.signal, (after.signal - before.signal) / (2 * h), 1e-6), "\(name) at \(t)")
        #expect(isClose(rates.noise, (after.noise - before.noise) / (2 * h), 1e-6), "\(name) at \(t)")
      }
    }
  }

  @Test("Two transitions make one, and the general formula for g² is each process's own")
  func transitions() {
    for (name, process) in Self.processes {
      let (first, second) = (process.transition(from: 0.2, to: 0.5), process.transition(from: 0.5, to: 0.7))
      let whole = process.transition(from: 0.2, to: 0.7)
      // Products and sums of numbers of order 1 to 10.
      #expect(isClose(first.factor * second.factor, whole.factor, 1e-13), "\(name)")
      let variance = second.factor * second.factor * first.variance + second.variance
      #expect(isClose(variance, whole.variance, 1e-13), "\(name)")
      // g² is the variance added a unit of time: the transition over a short time, to first order in it.
      let short = process.transition(from: 0.5, to: 0.5 + 1e-6)
      #expect(isClose(process.squaredDiffusion(at: 0.5), short.variance / 1e-6, 1e-4), "\(name)")
    }
  }

  @Test("The time of λ undoes λ")
  func inverse() {
    let process = VariancePreserving()
    for t in [1e-3, 0.05, 0.5, 1] {
      // λ varies as −½ log t near 0, so an error of 1e-16 in it is one of 2e-16 in log t.
      #expect(isClose(process.time(halfLogSNR: process.level(at: t).halfLogSNR), t, 1e-13))
    }
  }

  @Test("Sigma grids agree with the reference")
  func grids() throws {
    let fixture = try Fixture.load("schedules")
    for entry in fixture.sigma_grids.list {
      let (n, low, high) = (entry.N.int, entry.sigma_min.double, entry.sigma_max.double)
      let ours =
        entry.grid.string.hasPrefix("karras")
        ? SigmaGrid.karras(count: n, sigmaMin: low, sigmaMax: high, rho: entry.rho.double)
        : SigmaGrid.logLinear(count: n, sigmaMin: low, sigmaMax: high)
      #expect(ours.count == entry.sigmas_decreasing.list.count)
      for (a, b) in zip(ours, entry.sigmas_decreasing.doubles) {
        #expect(isClose(a, b, fixture.tolerance), "\(entry.path)")
      }
    }
  }
}

extension ContinuousProcess {
  /// The exact transition from time `from` to the later time `to`: x_to = factor·x_from + √variance·ε.
  /// Equations (2.6)
  func transition(from: Double, to: Double) -> (factor: Double, variance: Double) {
    precondition(from < to, "time \(to) is not after \(from)")
    let (u, t) = (level(at: from), level(at: to))
    let factor = t.signal / u.signal
    return (factor, ReversePosterior(from: t, to: u).transitionVariance)
  }

  /// The velocity a′·x₀ + s′·ε of the point (x₀, ε) along its path.  Equations (5.1)
  func velocity(clean: SIMD2<Double>, epsilon: SIMD2<Double>, at time: Double) -> SIMD2<Double> {
    let rates = rates(at: time)
    return rates.signal * clean + rates.noise * epsilon
  }
}
