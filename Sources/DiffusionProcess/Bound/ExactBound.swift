import PointClouds
import RealModule

extension ExactDenoiser {
  /// The exact bound of the chain with the exact denoiser and each of these variances, averaged over the data.
  ///
  /// Equations (11.4), (11.5): only expectations over Cov[x₀ | x_t] depend on the data. With the optimal covariance
  /// Σ = V·I + B²·Cov the term is ½·E[log det Σ] − log V, with its diagonal ½·E[Σ_j log Σ_jj] − log V, and with a
  /// number v it is B²·E[tr Cov]/2v + V/v − 1 + log(v/V).
  /// - Parameters:
  ///   - variances: of ``ReverseVariance/exactlyBounded``.
  ///   - visited: the visited steps, decreasing from at most T to 0; all if it is `nil`.
  /// - Returns: one bound per variance, in their order.
  /// - Complexity: one expectation over the noisy density per step.
  package func bounds(
    _ variances: [ReverseVariance], schedule: DiscreteSchedule, visiting visited: [Int]? = nil
  ) -> [VariationalBound] {
    let steps = schedule.reverseSteps(visiting: visited)
    let expectations = steps.map { step in
      let (b, v) = (step.posterior.cleanCoefficient, step.posterior.variance)
      return posteriorEstimate(at: step.from) { covariance in
        let sigma = SymmetricMatrix(isotropic: v) + (b * b) * covariance.matrix
        return SIMD4(
          covariance.matrix.trace, covariance.logDeterminant(scaledBy: b * b, plus: v),
          Double.log(sigma.xx) + Double.log(sigma.yy), 0)
      }
    }
    let squaredNorm = covariance.trace + (mean * mean).sum()
    let start = steps[0].start
    let prior = VariationalBound.Term(
      start: start, end: start,
      nats: VariationalBound.priorTerm(squaredNorm: squaredNorm, schedule: schedule, start: start))
    return variances.map { choice in
      var quadratureError = 0.0
      var terms = zip(steps, expectations).map { step, expectation in
        let nats = step.term(choice, expectation.values)
        quadratureError += (step.term(choice, expectation.values + expectation.errors) - nats).magnitude
        return VariationalBound.Term(start: step.start, end: step.end, nats: nats)
      }
      let last = terms.removeLast()
      return VariationalBound(
        prior: prior, steps: terms, reconstruction: last, quadratureError: quadratureError)
    }
  }

  /// The exact bound with one of these variances: see ``bounds(_:schedule:visiting:)``.
  package func bound(
    _ variance: ReverseVariance, schedule: DiscreteSchedule, visiting visited: [Int]? = nil
  ) -> VariationalBound {
    bounds([variance], schedule: schedule, visiting: visited)[0]
  }
}

extension GaussianMixture {
  /// The exact bound, in the units of the data, of a chain that visits `steps` evenly spaced steps of the schedule.
  /// With the optimal variance and `.cosine(steps: 1000)` it is what `difflab bound mixture:NAME --steps N` prints.
  ///
  /// The chain runs in standard units, as every model's does. `ExactDenoiser/bound(_:schedule:visiting:)` runs it
  /// in the mixture's own units, in which the variance need not be 1, and so has another value: 1.850 instead of
  /// 1.912 on ring8 at 10 steps. A schedule of only `steps` steps is the same chain only if its levels depend on t/T
  /// alone, as those of `.cosine` do.
  /// - Precondition: `steps` is in 1...T.
  public func bound(
    _ variance: ReverseVariance, schedule: DiscreteSchedule, steps: Int
  ) -> VariationalBound {
    let units = Standardization(of: self)
    return standardized(by: units)
      .bound(variance, schedule: schedule, visiting: schedule.visits(steps: steps))
      .inUnits(scale: units.scale)
  }
}

extension ReverseStep {
  /// The term with one of the variances, from the expectations of tr Cov, log det Σ and Σ_j log Σ_jj.
  fileprivate func term(_ choice: ReverseVariance, _ expectation: SIMD4<Double>) -> Double {
    let b = posterior.cleanCoefficient
    return switch choice {
    case .optimal: optimalTerm(logDeterminant: expectation.y)
    case .optimalDiagonal: optimalTerm(logDeterminant: expectation.z)
    case .optimalIsotropic:
      isotropicTerm(posterior.variance + b * b * expectation.x / 2, error: expectation.x)
    case .transition: isotropicTerm(variances.transition, error: expectation.x)
    case .posterior: isotropicTerm(variances.posterior, error: expectation.x)
    case .interpolated, .diagonal, .full, .moments, .analytic:
      preconditionFailure("the bound with the variance \(choice.rawValue) is not known exactly")
    }
  }

  /// The term with one variance for both coordinates, if E‖x₀ − x̂₀‖² is `error`.  Equations (11.4), (11.5)
  func isotropicTerm(_ v: Double, error: Double) -> Double {
    if end == 0 { return Double.log(2 * .pi * v) + error / (2 * v) }
    let b = posterior.cleanCoefficient
    let ratio = posterior.variance / v
    return b * b * error / (2 * v) + (ratio - 1) - Double.log(ratio)
  }

  /// The term of the optimal covariance, full or diagonal, from its log-determinant.  Equations (11.5)
  func optimalTerm(logDeterminant: Double) -> Double {
    end == 0
      ? Double.log(2 * .pi) + 1 + 0.5 * logDeterminant
      : 0.5 * logDeterminant - Double.log(posterior.variance)
  }
}
