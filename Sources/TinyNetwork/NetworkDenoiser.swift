import DiffusionProcess
import Parallelism
import PointClouds

/// E[x₀ | x_t] by a trained network, in standardized space; with a learned variance, of the reverse steps too.
///
/// The network runs in Float on x_t / √(a² + s²) at the level's λ, so it serves any process
/// (Equations 1.2); its outputs become x₀ in Double. The same bits for any number of threads.
public struct NetworkDenoiser: Denoiser {
  /// What the network's outputs mean.
  package let head: NetworkHead
  /// The box that x̂₀ is clamped to, if any: no posterior mean lies outside the hull of the data, but an error of
  /// ε at high noise, divided by a small signal, would take it there (Equations 5.2).
  package var support: DataBox?
  /// Threads; 0 for one per processor.
  package var threads: Int

  private let network: ForwardNetwork
  let jacobianNetwork: JacobianNetwork

  /// The network with these weights.
  /// - Precondition: the network has as many outputs as the head.
  package init(weights: NetworkWeights, head: NetworkHead, support: DataBox? = nil, threads: Int = 0) {
    let outputs = weights.architecture.outputs
    precondition(outputs == head.outputs, "\(outputs) outputs for a head of \(head.outputs)")
    self.head = head
    self.support = support
    self.threads = threads
    network = ForwardNetwork(weights)
    jacobianNetwork = JacobianNetwork(network)
  }

  /// - Complexity: O(points × weights), spread over the threads.
  public func denoise(_ noisy: PointCloud, at level: NoiseLevel, into clean: inout PointCloud) {
    evaluate(noisy, at: level, into: &clean, rest: nil)
  }

  /// E[x₀ | x_t] of every point, and the network's outputs after the first two, with zeros to four.
  func evaluate(_ noisy: PointCloud, at level: NoiseLevel) -> (clean: PointCloud, rest: [SIMD4<Double>]) {
    var clean = noisy
    var rest = [SIMD4<Double>](repeating: .zero, count: noisy.count)
    rest.withUnsafeMutableBufferPointer { evaluate(noisy, at: level, into: &clean, rest: $0) }
    return (clean, rest)
  }

  /// Writes E[x₀ | x_t], and the network's outputs after the first two if `rest` has room.
  private func evaluate(
    _ noisy: PointCloud, at level: NoiseLevel, into clean: inout PointCloud,
    rest: UnsafeMutableBufferPointer<SIMD4<Double>>?
  ) {
    precondition(noisy.count == clean.count, "\(noisy.count) noisy points, room for \(clean.count)")
    let norm = level.normalized.norm
    let reading = head.reading(at: level)
    let answer = reading.clean
    if reading.isLinear && rest == nil {
      for i in 0..<noisy.count { clean[i] = noisy[i] / norm * answer.noisy }
      return
    }
    let outputs = head.outputs
    let lower = support?.lower ?? SIMD2(repeating: -.infinity)
    let upper = support?.upper ?? SIMD2(repeating: .infinity)
    noisy.points.withUnsafeBufferPointer { noisy in
      clean.points.withUnsafeMutableBufferPointer { clean in
        network.evaluate(
          noisy.count, at: level, threads: ThreadTeam.resolve(threads),
          input: { SIMD2<Float>(noisy[$0] / norm) },
          output: { i, output in
            let linear = answer.noisy * (noisy[i] / norm)
            if reading.isLinear {
              clean[i] = linear
            } else {
              let x = linear + answer.output * SIMD2(Double(output[0]), Double(output[1]))
              clean[i] = x.clamped(lowerBound: lower, upperBound: upper)
            }
            if let rest {
              for o in 2..<outputs { rest[i][o - 2] = Double(output[o]) }
            }
          })
      }
    }
  }
}
