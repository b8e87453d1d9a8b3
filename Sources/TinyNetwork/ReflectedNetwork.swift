import DiffusionProcess
import Parallelism
import PointClouds

/// ∇ log p_σ of a reflected diffusion by a trained network: its outputs, divided by σ.
///
/// The network reads the point as 4x − 2, so that uniform points have a variance near 1 and its Fourier
/// features, if any, are the eigenfunctions cos kπx, k = 1, 2, 4, …; and σ as λ = −log σ, as of the level with
/// signal 1. The same bits for any number of threads.
package struct ReflectedNetwork: ReflectedScore {
  /// Threads; 0 for one per processor.
  package var threads: Int
  private let network: ForwardNetwork

  /// The network with these weights.
  /// - Precondition: it has two outputs.
  package init(weights: NetworkWeights, threads: Int = 0) {
    let outputs = weights.architecture.outputs
    precondition(outputs == 2, "\(outputs) outputs for the two coordinates of a score")
    self.threads = threads
    network = ForwardNetwork(weights)
  }

  /// The network's inputs for a point of the unit box.
  static func input(_ x: SIMD2<Double>) -> SIMD2<Float> { SIMD2<Float>(4 * x - 2) }

  /// - Complexity: O(points × weights), spread over the threads.
  package func score(_ x: PointCloud, sigma: Double, into score: inout PointCloud) {
    precondition(
      sigma > 0 && x.count == score.count, "\(x.count) points, room for \(score.count), σ = \(sigma)")
    x.points.withUnsafeBufferPointer { x in
      score.points.withUnsafeMutableBufferPointer { score in
        network.evaluate(
          x.count, at: NoiseLevel(signal: 1, noise: sigma), threads: ThreadTeam.resolve(threads),
          input: { Self.input(x[$0]) },
          output: { i, output in score[i] = SIMD2(Double(output[0]), Double(output[1])) / sigma })
      }
    }
  }
}
