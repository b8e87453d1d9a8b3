import DiffusionProcess
import PointClouds

extension NetworkDenoiser: VarianceDenoiser {
  /// E[x₀ | x_t] with the learned covariance of the step, also where a chain strides: see ``LearnedCovariance``.
  /// - Precondition: the head's variance is learned.
  package func reverseStep(
    _ noisy: PointCloud, from source: NoiseLevel, to target: NoiseLevel
  ) -> (clean: PointCloud, factors: [LowerTriangle]) {
    reverseStep(noisy, from: source, to: target, last: head.schedule.lastPosteriorVariance())
  }

  func reverseStep(
    _ noisy: PointCloud, from source: NoiseLevel, to target: NoiseLevel, last: Double
  ) -> (clean: PointCloud, factors: [LowerTriangle]) {
    let (clean, raw) = evaluate(noisy, at: source)
    if head.variance == .moments {
      let (moments, posterior) = (MomentHead(at: source), ReversePosterior(from: source, to: target))
      return (
        clean,
        raw.map {
          let variance = moments.moments(mean: .zero, $0).reverseStep(posterior, noisy: .zero).variance
          return LowerTriangle(xx: variance.x.squareRoot(), yx: 0, yy: variance.y.squareRoot())
        }
      )
    }
    let reading = VarianceReading(head, from: source, to: target, last: last)
    return (clean, raw.map { reading.factor(SIMD3($0.x, $0.y, $0.z)) })
  }
}

/// The covariances of the reverse steps that a network learned, on a chain's visited steps.
///
/// Moments are those of x₀ | x_t and belong to no step: V + B²·Var[x₀ | x_t] for any (EQUATIONS 10.9). For the
/// others the network was trained on single steps. A longer step reads the interpolated variance between the two fixed
/// variances of its own (Nichol and Dhariwal 2021, section 4). Of the other two it takes what they say of
/// Cov[x₀ | x_t] = (Σ − V·I) / B², which belongs to no step (EQUATIONS 10.9). Single steps of a long chain say
/// little of it, since their Σ is β·I to within β: for few steps train a short chain.
package struct LearnedCovariance: ReverseCovariance {
  private let denoiser: NetworkDenoiser
  private let last: Double

  /// The learned covariances of a network.
  /// - Parameter visited: the visited steps, decreasing to 0; all where it is `nil`.
  /// - Precondition: the variance of the network's head is learned.
  package init(_ denoiser: NetworkDenoiser, visiting visited: [Int]? = nil) {
    precondition(denoiser.head.variance.isLearned, "\(denoiser.head.variance.rawValue) is not learned")
    self.denoiser = denoiser
    last = denoiser.head.schedule.lastPosteriorVariance(visiting: visited)
  }

  /// - Complexity: one evaluation of the network.
  package func factors(
    _ noisy: PointCloud, from source: NoiseLevel, to target: NoiseLevel
  ) -> [LowerTriangle] {
    denoiser.reverseStep(noisy, from: source, to: target, last: last).factors
  }
}

/// What a network's variance outputs mean for one step of a chain.
struct VarianceReading {
  private let head: VarianceHead
  /// The variances that the outputs are relative to: of this step, or of the single step from the same level.
  private let variances: StepVariances
  /// V and (B/B₁)² of a longer step; `nil` where the outputs mean the step's own covariance.
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
    // Between β̃ and β; not quite β̃, so that the step to the data is not singular.
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
