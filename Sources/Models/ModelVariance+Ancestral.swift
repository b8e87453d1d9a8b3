import ReverseSampling
import TinyNetwork

extension ModelVariance {
  /// The variance as the ancestral sampler knows it.
  package var ancestral: Ancestral.Variance {
    switch self {
    case .transition: .transition
    case .posterior: .posterior
    case .interpolated, .diagonal, .full, .moments: .learned
    }
  }
}
