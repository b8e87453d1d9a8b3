/// The covariances that the steps of a reverse chain can have, named as for `--variance`.
public enum ReverseVariance: String, Sendable, Hashable, CaseIterable, Codable {
  /// β, fixed: exact for data N(0, I).  Ho et al. 2020, section 3.2; Equations (7.1)
  case transition
  /// β̃, fixed: exact for data of a single point. At the step to the data, where it is 0, the value of the step
  /// before replaces it.  Equations (2.8)
  case posterior
  /// Learned, between log β̃ and log β for each coordinate.  Nichol and Dhariwal 2021
  case interpolated
  /// Learned, any positive number for each coordinate.
  case diagonal
  /// Learned, any covariance.
  case full
  /// V + B²·Var[x₀ | x_t], the diagonal of the exact step's covariance, from moments of x₀ | x_t that a network
  /// learns.  Guo et al. 2023
  case moments
  /// One number per step, from an average of the denoiser's own predictions: ``AnalyticVariance``.
  case analytic
  /// The best isotropic variance of each step: v* = V + B²/d · E tr Cov[x₀ | x_t].  Equations (7.20), (10.10)
  case optimalIsotropic = "optimal-isotropic"
  /// The diagonal of the optimal covariance.
  case optimalDiagonal = "optimal-diagonal"
  /// Σ* = V·I + B²·Cov[x₀ | x_t], the covariance of the exact reverse step; for Gaussian data the chain is then the
  /// exact reversal.  Equations (10.9); Bao et al. 2022 (arXiv:2206.07309)
  case optimal

  /// How outputs of the network become the covariance of a step; `nil` if they do not, or are moments.
  package var head: VarianceHead? { VarianceHead(rawValue: rawValue) }

  /// Whether a network learns it.
  package var isLearned: Bool { head != nil || self == .moments }

  /// Whether a network can be trained with it: it is fixed, or learned.
  package var isTrainable: Bool { self == .transition || self == .posterior || isLearned }

  package static let learned = allCases.filter(\.isLearned)
  package static let trainable = allCases.filter(\.isTrainable)
  /// Those whose bound ``ExactDenoiser/bounds(_:schedule:visiting:)`` computes exactly.
  package static let exactlyBounded: [ReverseVariance] = [
    .posterior, .transition, .optimalIsotropic, .optimalDiagonal, .optimal,
  ]

  /// Whether chains with this denoiser's means can have it.
  package func isKnown(to denoiser: any Denoiser) -> Bool {
    switch self {
    case .transition, .posterior, .analytic: true
    case .interpolated, .diagonal, .full: (denoiser as? any VarianceDenoiser)?.learnedVariance == self
    case .moments: (denoiser as? any MomentDenoiser)?.knowsMoments ?? false
    case .optimalIsotropic: denoiser is any ExactDenoiser
    case .optimalDiagonal, .optimal: denoiser is any CovarianceDenoiser
    }
  }

  /// Why chains with this denoiser's means cannot have it; `nil` if they can.
  package func problem(with denoiser: any Denoiser) -> VarianceProblem? {
    isKnown(to: denoiser)
      ? nil : VarianceProblem(variance: self, available: Self.allCases.filter { $0.isKnown(to: denoiser) })
  }
}

/// An error: a denoiser cannot have the requested variance, but others.
package struct VarianceProblem: Error, Sendable, Hashable, CustomStringConvertible {
  package let variance: ReverseVariance
  /// The variances that it can have.
  package let available: [ReverseVariance]

  package init(variance: ReverseVariance, available: [ReverseVariance]) {
    self.variance = variance
    self.available = available
  }

  /// The message: what the variance needs, and the choices.
  package var description: String {
    let need =
      switch variance {
      case .transition, .posterior, .analytic: "any denoiser"
      case .interpolated, .diagonal, .full: "a network that was trained for it"
      case .moments: "an exact denoiser, or a network that was trained for moments"
      case .optimalIsotropic: "the exact denoiser of a known density"
      case .optimalDiagonal, .optimal: "an exact denoiser, which knows Cov[x₀ | x_t]"
      }
    let names = available.map(\.rawValue)
    return "the variance \(variance.rawValue) needs \(need); take \(names.dropLast().joined(separator: ", "))"
      + (names.count > 1 ? " or " : "") + (names.last ?? "")
  }
}
