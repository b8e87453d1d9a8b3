import DiffusionProcess
import PointClouds
import RealModule

extension Gaussian {
  /// The exact bound at one fixed x₀, with the exact denoiser: the expectation is over x_t alone.
  /// Equations (6.2), (11.7)
  ///
  /// Its negative is below ``modelMarginal(_:schedule:)``'s log-density at x₀, which is known too.
  package func bound(
    at clean: SIMD2<Double>, _ variance: ReverseVariance, schedule: DiscreteSchedule,
    visiting visited: [Int]? = nil
  ) -> VariationalBound {
    let kernel = ReverseKernel(variance, of: self, along: schedule.levels(visiting: visited))
    let steps = schedule.reverseSteps(visiting: visited)
    var terms = steps.map { step in
      let (b, v) = (step.posterior.cleanCoefficient, step.posterior.variance)
      let sigma = reverseCovariance(kernel, step)
      let error = squaredError(of: clean, at: step.from)
      // M = V·I + B²·E[(x₀ − x̂₀)(x₀ − x̂₀)ᵀ]: ½ tr(Σ⁻¹·M) + ½ log det Σ, and the posterior's own entropy.
      let moment = SymmetricMatrix(isotropic: v) + (b * b) * error
      let fit = 0.5 * sigma.inverse.traceOfProduct(moment) + 0.5 * Double.log(sigma.determinant)
      return VariationalBound.Term(
        start: step.start, end: step.end,
        nats: step.end == 0 ? fit + Double.log(2 * .pi) : fit - 1 - Double.log(v))
    }
    let last = terms.removeLast()
    let start = steps[0].start
    return VariationalBound(
      prior: VariationalBound.Term(
        start: start, end: start,
        nats: VariationalBound.priorTerm(
          squaredNorm: (clean * clean).sum(), schedule: schedule, start: start)),
      steps: terms, reconstruction: last)
  }

  /// The law p_θ(x₀) of the whole generative chain: the prior, pushed through every step with its noise, the
  /// last one's too.  Equations (11.3)
  package func modelMarginal(
    _ variance: ReverseVariance, schedule: DiscreteSchedule, visiting visited: [Int]? = nil
  ) -> Gaussian {
    let kernel = ReverseKernel(variance, of: self, along: schedule.levels(visiting: visited))
    return schedule.reverseSteps(visiting: visited)
      .reduce(.isotropic(standardDeviation: schedule.priorStandardDeviation)) {
        ancestralStep(from: $1.from, to: $1.to, noise: reverseCovariance(kernel, $1)).applied(to: $0)
      }
  }

  /// The covariance of one reverse step, the same for every x_t.
  private func reverseCovariance(_ kernel: ReverseKernel, _ step: ReverseStep) -> SymmetricMatrix {
    kernel.step(PointCloud([mean]), from: step.from, to: step.to).factors[0].product
  }
}
