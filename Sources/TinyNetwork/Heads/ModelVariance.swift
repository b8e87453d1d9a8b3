import DiffusionProcess

/// The variance of a model's reverse steps: fixed, or said by the network in outputs of its own.
public enum ModelVariance: String, Sendable, Hashable, CaseIterable, Codable {
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

  /// How the network's outputs become the covariance; `nil` where it is fixed.
  public var head: VarianceHead? {
    switch self {
    case .transition, .posterior: nil
    case .interpolated: .interpolated
    case .diagonal: .diagonal
    case .full: .full
    }
  }

  /// Whether the network says it.
  public var isLearned: Bool { head != nil }

  /// The learned ones.
  public static let learned: [ModelVariance] = allCases.filter(\.isLearned)
}
