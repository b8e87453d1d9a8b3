import DiffusionProcess
import PointClouds

extension NetworkDenoiser: VarianceDenoiser {
  /// The variance of the head; `nil` if it is fixed, or if the network predicts moments, which belong to no step.
  package var learnedVariance: ReverseVariance? { head.variance.head == nil ? nil : head.variance }

  /// E[x₀ | x_t] with the learned covariance of the step, which may span several steps of the training chain.
  ///
  /// The network was trained on single steps. For a longer step, the interpolated variance lies between the two fixed
  /// variances of that step (Nichol and Dhariwal 2021, section 4). The diagonal and the full covariance are converted
  /// through Cov[x₀ | x_t] = (Σ − V·I) / B², which does not depend on the step (Equations 10.9). Single steps of a long
  /// chain determine it poorly, because their Σ is β·I up to order β²: to sample in few steps, train a short chain.
  /// - Precondition: there is a ``learnedVariance``.
  /// - Complexity: one evaluation of the network.
  package func reverseStep(
    _ noisy: PointCloud, from source: NoiseLevel, to target: NoiseLevel, last: Double
  ) -> (clean: PointCloud, factors: [LowerTriangle]) {
    let reading = VarianceReading(head, from: source, to: target, last: last)
    let (clean, raw) = evaluate(noisy, at: source)
    return (clean, raw.map { reading.factor(SIMD3($0.x, $0.y, $0.z)) })
  }
}

/// The meaning of a network's variance outputs for one step of a chain.
struct VarianceReading {
  private let head: VarianceHead
  /// The fixed variances that the outputs are relative to: those of this step, or of the single step from its level.
  private let variances: StepVariances
  /// V and (B/B₁)² of a longer step; `nil` if the outputs give the covariance of the step itself.
  private let longer: (variance: Double, ratio: Double)?

  /// - Precondition: the head's variance is learned.
  init(_ network: NetworkHead, from source: NoiseLevel, to target: NoiseLevel, last: Double) {
    guard let head = network.variance.head else {
      preconditionFailure("the variance \(network.variance.rawValue) is not learned")
    }
    self.head = head
    let levels = network.schedule.levels
    guard head != .interpolated, let t = levels.firstIndex(of: source), t >= 2, levels[t - 1] != target
    else {
      variances = StepVariances(from: source, to: target, last: last)
      longer = nil
      return
    }
    variances = StepVariances(from: source, to: levels[t - 1], last: last)
    let (single, step) = (
      ReversePosterior(from: source, to: levels[t - 1]), ReversePosterior(from: source, to: target)
    )
    let ratio = step.cleanCoefficient / single.cleanCoefficient
    longer = (step.variance, ratio * ratio)
  }

  /// The Cholesky factor of the covariance for these outputs.
  func factor(_ raw: SIMD3<Double>) -> LowerTriangle {
    let factor = head.factor(raw, variances)
    guard let longer else { return factor }
    let span = variances.transition - variances.posterior
    // Between β̃ and β; a little above β̃, so that the step to the data is not singular.
    let excess = (factor.product - SymmetricMatrix(isotropic: variances.posterior))
      .withEigenvalues(in: 0.05 * span...span)
    return (SymmetricMatrix(isotropic: longer.variance) + longer.ratio * excess).cholesky
  }
}

extension SymmetricMatrix {
  /// The matrix with the same eigenvectors and its eigenvalues clamped.
  func withEigenvalues(in range: ClosedRange<Double>) -> SymmetricMatrix {
    func clamp(_ x: Double) -> Double { min(max(x, range.lowerBound), range.upperBound) }
    let (high, low) = eigenvalues
    guard high > low else { return SymmetricMatrix(isotropic: clamp(high)) }
    let (newHigh, newLow) = (clamp(high), clamp(low))
    let stretch = (newHigh - newLow) / (high - low)
    return SymmetricMatrix(isotropic: (newHigh + newLow) / 2)
      + stretch * (self - SymmetricMatrix(isotropic: (high + low) / 2))
  }
}
