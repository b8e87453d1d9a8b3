import DiffusionProcess

/// The variance of a model's reverse steps: fixed, or said by the network in outputs of its own.
package enum ModelVariance: String, Sendable, Hashable, CaseIterable, Codable {
  /// β, fixed: right where the data are N(0, I).  Ho et al. 2020
  case transition
  /// β̃, fixed: right where the data are one point.
  case posterior
  /// Learned, between log β̃ and log β for each coordinate.  Nichol and Dhariwal 2021
  case interpolated
  /// Learned, any positive number for each coordinate.
  case diagonal
  /// Learned, any covariance.
  case full
  /// Learned, the variance of x₀ | x_t for each coordinate, and its skewness for samplers that ask for it.
  /// Guo et al. 2023
  case moments

  /// How the network's outputs become the covariance of a step of the chain; `nil` where it is fixed, or follows
  /// from moments.
  package var head: VarianceHead? {
    switch self {
    case .transition, .posterior, .moments: nil
    case .interpolated: .interpolated
    case .diagonal: .diagonal
    case .full: .full
    }
  }

  /// How many numbers the network says of it.
  package var outputs: Int { self == .moments ? MomentHead.outputs : head?.outputs ?? 0 }

  /// Whether the network says it.
  package var isLearned: Bool { outputs > 0 }

  /// The learned ones.
  package static let learned: [ModelVariance] = allCases.filter(\.isLearned)
}
