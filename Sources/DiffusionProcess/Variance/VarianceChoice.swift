import PointClouds

/// What `--variance` names: a variance of the reverse steps, or whichever the model learned.
package enum VarianceChoice: Sendable, Hashable {
  /// The one that the model learned.
  case learned
  /// This one.
  case named(ReverseVariance)

  /// All choices.
  package static let all = Registry(
    "variance", ReverseVariance.allCases.map { VarianceChoice.named($0) } + [.learned]
  ) {
    if case .named(let variance) = $0 { variance.rawValue } else { "learned" }
  }

  /// What each name is, for help.
  package static let help = """
    transition (beta) and posterior (beta tilde) go with every model, as does analytic (one number per step by \
    the denoiser's own predictions); interpolated, diagonal, full and moments, or learned for short, with networks \
    that were trained for them; optimal-isotropic, optimal-diagonal and optimal, and moments too, with mixture:NAME
    """
}
