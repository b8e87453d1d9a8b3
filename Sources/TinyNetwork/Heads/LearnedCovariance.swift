import DiffusionProcess
import PointClouds

extension NetworkDenoiser: VarianceDenoiser {
  /// E[x₀ | x_t] with the learned covariance of the step.
  ///
  /// The network was trained on single steps of its chain. Where a chain strides, what it says is read between,
  /// or relative to, the variances of the longer step, as in Nichol and Dhariwal 2021, section 4.
  /// - Precondition: the head's variance is learned.
  public func reverseStep(
    _ noisy: PointCloud, from source: NoiseLevel, to target: NoiseLevel
  ) -> (clean: PointCloud, factors: [LowerTriangle]) {
    reverseStep(noisy, from: source, to: target, last: head.schedule.lastPosteriorVariance())
  }

  func reverseStep(
    _ noisy: PointCloud, from source: NoiseLevel, to target: NoiseLevel, last: Double
  ) -> (clean: PointCloud, factors: [LowerTriangle]) {
    guard let variance = head.variance.head else {
      preconditionFailure("the variance \(head.variance.rawValue) is not learned")
    }
    var clean = noisy
    var raw = [SIMD3<Double>](repeating: .zero, count: noisy.count)
    raw.withUnsafeMutableBufferPointer {
      evaluate(noisy, at: source, into: &clean, variance: $0)
    }
    let variances = StepVariances(from: source, to: target, last: last)
    return (clean, raw.map { variance.factor($0, variances) })
  }
}

/// The covariances of the reverse steps that a network learned, on a chain's visited steps.
public struct LearnedCovariance: ReverseCovariance {
  private let denoiser: NetworkDenoiser
  private let last: Double

  /// The learned covariances of a network.
  /// - Parameter visited: the visited steps, decreasing to 0; all where it is `nil`.
  /// - Precondition: the variance of the network's head is learned.
  public init(_ denoiser: NetworkDenoiser, visiting visited: [Int]? = nil) {
    precondition(denoiser.head.variance.isLearned, "\(denoiser.head.variance.rawValue) is not learned")
    self.denoiser = denoiser
    last = denoiser.head.schedule.lastPosteriorVariance(visiting: visited)
  }

  /// - Complexity: one evaluation of the network.
  public func factors(
    _ noisy: PointCloud, from source: NoiseLevel, to target: NoiseLevel
  ) -> [LowerTriangle] {
    denoiser.reverseStep(noisy, from: source, to: target, last: last).factors
  }
}
