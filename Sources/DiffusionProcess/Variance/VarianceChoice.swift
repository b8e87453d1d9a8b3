import PointClouds

/// A value of `--variance`: a variance of the reverse steps, or the one that the model learned.
package enum VarianceChoice: Sendable, Hashable {
  case learned
  case named(ReverseVariance)

  package static let all = Registry(
    "variance", ReverseVariance.allCases.map { VarianceChoice.named($0) } + [.learned]
  ) {
    if case .named(let variance) = $0 { variance.rawValue } else { "learned" }
  }

  /// The help text on all names.
  package static let help = """
    transition (beta) and posterior (beta tilde) go with every model, as does analytic (one number per step by \
    the denoiser's own predictions); interpolated, diagonal, full and moments, or learned for short, with networks \
    that were trained for them; optimal-isotropic, optimal-diagonal and optimal, and moments too, with mixture:NAME
    """
}
