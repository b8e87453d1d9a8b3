import DiffusionProcess
import PointClouds

/// E[x₀ | x_t] by a trained network, in standardized space.
///
/// The network runs in Float on x_t / √(a² + s²) at the level's λ, so it serves any process
/// (EQUATIONS 1.2); what it says becomes x₀ in Double. The same bits for any number of threads.
public struct NetworkDenoiser: Denoiser {
  /// What the network says.
  public let prediction: Prediction
  /// Where answers are clamped to, if anywhere: no posterior mean lies outside the hull of the data, but an
  /// error of ε at high noise, divided by a small signal, would throw it out (EQUATIONS pitfalls 7 and 12).
  public var support: DataBox?
  /// Threads; 0 for one a processor.
  public var threads: Int

  private let network: ForwardNetwork

  /// The network with these weights.
  /// - Precondition: the network has two outputs.
  public init(weights: NetworkWeights, prediction: Prediction, support: DataBox? = nil, threads: Int = 0) {
    precondition(weights.architecture.outputs == 2, "a plain denoiser has 2 outputs")
    self.prediction = prediction
    self.support = support
    self.threads = threads
    network = ForwardNetwork(weights)
  }

  /// - Complexity: O(points × weights), spread over the threads.
  public func denoise(_ noisy: PointCloud, at level: NoiseLevel, into clean: inout PointCloud) {
    precondition(noisy.count == clean.count, "\(noisy.count) noisy points, room for \(clean.count)")
    let (normalized, norm) = level.normalized
    if let factor = linearAnswer(at: normalized) {
      for i in 0..<noisy.count { clean[i] = noisy[i] / norm * factor }
      return
    }
    let c = prediction.cleanCoefficients(at: normalized)
    let lower = support?.lower ?? SIMD2(repeating: -.infinity)
    let upper = support?.upper ?? SIMD2(repeating: .infinity)
    noisy.points.withUnsafeBufferPointer { noisy in
      clean.points.withUnsafeMutableBufferPointer { clean in
        network.evaluate(
          noisy.count, at: level, threads: ThreadTeam.resolve(threads),
          input: { SIMD2<Float>(noisy[$0] / norm) },
          output: { i, said in
            let answer = c.noisy * (noisy[i] / norm) + c.output * SIMD2(Double(said[0]), Double(said[1]))
            clean[i] = answer.clamped(lowerBound: lower, upperBound: upper)
          })
      }
    }
  }

  /// What E[x₀ | x_t] is of x_t, where no network is needed or none can tell.
  ///
  /// Without noise it is the point itself. Almost without signal it is a · x_t: the best linear answer for data
  /// of mean 0 and variance 1, wrong by a alone, while an error δ of ε becomes δ / a.
  private func linearAnswer(at level: NoiseLevel) -> Double? {
    if level.noise == 0 { return 1 }
    return prediction == .epsilon && level.signal < Self.leastSignal ? level.signal : nil
  }

  /// The signal below which ε does not tell x₀: an error of 0.003, usual after training, is then one of 0.15.
  private static let leastSignal = 0.02
}
