import DiffusionProcess
import PointClouds
import RealModule
import TestSupport
import Testing

@Suite("Learned variances", .fixtures)
struct VarianceHeadTests {
  @Test("Zeros are the geometric mean of β and β̃, or β̃; ±1 of the interpolation are the two")
  func zeros() {
    let variances = StepVariances(transition: 0.04, posterior: 0.01)
    // Logarithms and exponentials within a few roundings.
    let middle = VarianceHead.interpolated.factor(.zero, variances)
    #expect(isClose(middle.product, SymmetricMatrix(isotropic: 0.02), 1e-15))
    let ends = VarianceHead.interpolated.factor(SIMD3(1, -1, 7), variances)
    #expect(isClose(ends.product, SymmetricMatrix(xx: 0.04, xy: 0, yy: 0.01), 1e-15))
    for head in [VarianceHead.diagonal, .full] {
      #expect(isClose(head.factor(.zero, variances).product, SymmetricMatrix(isotropic: 0.01), 1e-15))
    }
    #expect(VarianceHead.allCases.map(\.outputs) == [2, 2, 3])
  }

  @Test("A network that runs away gives an absurd number and no crash")
  func runaway() {
    let variances = StepVariances(transition: 0.04, posterior: 0.01)
    for head in VarianceHead.allCases {
      for raw in [SIMD3(1e30, -1e30, 1e30), SIMD3(repeating: .nan), SIMD3(repeating: .infinity)] {
        let factor = head.factor(raw, variances)
        _ = StepLoss.divergence(offset: SIMD2(1, 1), variance: 0.01, factor: factor)
      }
    }
    let singular = LowerTriangle(xx: 0, yx: 0, yy: 0)
    #expect(StepLoss.negativeLogLikelihood(offset: .zero, factor: singular).value == .infinity)
  }

  @Test(
    "Gradients agree with central differences, for every head and both losses",
    arguments: VarianceHead.allCases)
  func gradients(_ head: VarianceHead) {
    let variances = StepVariances(transition: 0.05, posterior: 0.02)
    let raw = SIMD3(0.3, -0.4, 0.25)
    let (point, mean) = (SIMD2(0.4, -0.1), SIMD2(0.25, 0.1))
    let losses: [(SIMD2<Double>, LowerTriangle) -> StepLoss] = [
      { StepLoss.divergence(offset: point - $0, variance: 0.02, factor: $1) },
      { StepLoss.negativeLogLikelihood(offset: point - $0, factor: $1) },
    ]
    let h = 1e-5
    for loss in losses {
      func value(_ raw: SIMD3<Double>, _ mean: SIMD2<Double>) -> Double {
        loss(mean, head.factor(raw, variances)).value
      }
      let factor = head.factor(raw, variances)
      let here = loss(mean, factor)
      let gradient = head.pullback(here.factorGradient, factor: factor, variances)
      for k in 0..<3 {
        var step = SIMD3<Double>.zero
        step[k] = h
        let difference = (value(raw + step, mean) - value(raw - step, mean)) / (2 * h)
        // Truncation h²/6·f‴ with f‴ of order 100, rounding 1e-15·10/h.
        #expect(isClose(gradient[k], difference, 1e-8), "\(head), output \(k)")
      }
      for k in 0..<2 {
        var step = SIMD2<Double>.zero
        step[k] = h
        let difference = (value(raw, mean + step) - value(raw, mean - step)) / (2 * h)
        #expect(isClose(here.meanGradient[k], difference, 1e-8), "\(head), mean \(k)")
      }
    }
  }

  @Test("The expected loss is least at the exact covariance, where its gradient is 0")
  func optimum() {
    // E over offsets ±√2·columns of R of the KL has its optimum at V·I + R·Rᵀ.
    let r = LowerTriangle(xx: 0.3, yx: 0.2, yy: 0.1)
    let v = 0.02
    let best = (SymmetricMatrix(isotropic: v) + r.product).cholesky
    var gradient = SIMD3<Double>.zero
    let offsets = [SIMD2(0.3, 0.2), SIMD2(0.0, 0.1)].flatMap {
      [Double.sqrt(2) * $0, -Double.sqrt(2) * $0]
    }
    for offset in offsets {
      let loss = StepLoss.divergence(offset: offset, variance: v, factor: best)
      gradient += SIMD3(loss.factorGradient.xx, loss.factorGradient.yy, loss.factorGradient.yx) / 4
    }
    #expect(gradient.max() < 1e-13 && gradient.min() > -1e-13)
  }

  @Test("Every parameterization and its divergence agree with the reference")
  func reference() throws {
    let fixture = try Fixture.load("losses")
    let tolerance = fixture.tolerance
    let schedule = try DiscreteSchedule(fixture.chain)
    let steps = schedule.reverseSteps()
    let offset = fixture.mu_q.point - fixture.mu_p.point
    for entry in fixture.variance_parameterisations.list {
      let step = try #require(steps.first { $0.start == entry.t.int })
      let variances = step.variances
      #expect(isClose(variances.transition, entry.beta.double, tolerance), "\(entry.path)")
      #expect(isClose(variances.posterior, entry.beta_tilde_clipped.double, tolerance), "\(entry.path)")
      for row in entry.interpolated.list {
        let factor = VarianceHead.interpolated.factor(SIMD3(repeating: row.v.double), variances)
        #expect(isClose(factor.product.xx, row.variance.double, tolerance), "\(row.path)")
        #expect(isClose(2 * Double.log(factor.yy), row.log_variance.double, tolerance), "\(row.path)")
        let loss = StepLoss.divergence(offset: offset, variance: variances.posterior, factor: factor)
        if !row.kl_nats.isNull { #expect(isClose(loss.value, row.kl_nats.double, tolerance), "\(row.path)") }
      }
      let logs = entry.diagonal.log_variance.point
      let raw = logs - SIMD2(repeating: Double.log(variances.posterior))
      let diagonal = VarianceHead.diagonal.factor(SIMD3(raw.x, raw.y, 0), variances)
      #expect(isClose(2 * Double.log(diagonal.xx), logs.x, tolerance), "\(entry.path)")
      let loss = StepLoss.divergence(offset: offset, variance: variances.posterior, factor: diagonal)
      #expect(isClose(loss.value, entry.diagonal.kl_nats.double, tolerance), "\(entry.path)")

      let cholesky = entry.cholesky
      let r = cholesky.raw_r1_r2_r3.doubles
      let full = VarianceHead.full.factor(SIMD3(r[0], r[1], r[2]), variances)
      #expect(isClose(full.xx, cholesky.L[0][0].double, tolerance), "\(entry.path)")
      #expect(isClose(full.yx, cholesky.L[1][0].double, tolerance), "\(entry.path)")
      #expect(isClose(full.yy, cholesky.L[1][1].double, tolerance), "\(entry.path)")
      #expect(isClose(full.product, SymmetricMatrix(cholesky.covariance), tolerance), "\(entry.path)")
      let divergence = StepLoss.divergence(offset: offset, variance: variances.posterior, factor: full)
      #expect(isClose(divergence.value, cholesky.kl_nats.double, tolerance), "\(entry.path)")
      let likelihood = StepLoss.negativeLogLikelihood(
        offset: cholesky.x.point - fixture.mu_p.point, factor: full)
      #expect(isClose(likelihood.value, cholesky.nll_nats.double, tolerance), "\(entry.path)")
    }
  }

  @Test("The hybrid loss agrees with the reference, in bits and in nats")
  func hybrid() throws {
    let fixture = try Fixture.load("losses")
    let (entry, tolerance) = (fixture.hybrid, fixture.tolerance)
    let schedule = try DiscreteSchedule(fixture.chain)
    let step = try #require(schedule.reverseSteps().first { $0.start == entry.t.int })
    let (clean, epsilon, predicted) = (entry.x0.point, entry.eps.point, entry.eps_hat.point)
    let noisy = step.from.noisy(clean, epsilon)
    #expect(isClose(noisy, entry.xt.point, tolerance))
    let c = Prediction.epsilon.cleanCoefficients(at: step.from)
    let mean = step.posterior.mean(noisy: noisy, clean: c.noisy * noisy + c.output * predicted)
    let target = step.posterior.mean(noisy: noisy, clean: clean)
    #expect(isClose(mean, entry.mu_p.point, tolerance))
    #expect(isClose(target, entry.mu_q.point, tolerance))
    let v = entry.v.point
    let factor = VarianceHead.interpolated.factor(SIMD3(v.x, v.y, 0), step.variances)
    #expect(
      isClose(2 * SIMD2(Double.log(factor.xx), Double.log(factor.yy)), entry.log_variance.point, tolerance))
    let loss = StepLoss.divergence(offset: target - mean, variance: step.posterior.variance, factor: factor)
    #expect(isClose(loss.value, entry.kl_nats.double, tolerance))
    let bits = loss.value / (2 * Double.log(2))
    #expect(isClose(bits, entry.kl_bits_per_dim.double, tolerance))
    let error = predicted - epsilon
    let simple = (error * error).sum() / 2
    #expect(isClose(simple, entry.l_simple.double, tolerance))
    let weight = entry.lambda_vlb.double * Double(schedule.steps)
    #expect(isClose(simple + weight * bits, entry.hybrid_with_T_times_kl_bits_per_dim.double, tolerance))
    #expect(isClose(simple + weight * loss.value, entry.hybrid_with_T_times_kl_nats.double, tolerance))
  }
}
