import DiffusionProcess
import Parallelism
import PointClouds

extension NetworkDenoiser: JacobianDenoiser {
  /// E[x₀ | x_t] with its exact derivative: the head is affine in the network's outputs at every level, so the
  /// derivative of any prediction is that of x̃ = x_t / √(a² + s²), plus that of the network, both scaled.
  ///
  /// A coordinate that is clamped to `support` does not change with x_t, and its row is 0.
  /// - Complexity: three times that of an evaluation.
  public func linearized(
    _ noisy: PointCloud, at level: NoiseLevel
  ) -> (clean: PointCloud, jacobians: [Jacobian]) {
    let norm = level.normalized.norm
    let answer = head.reading(at: level).clean
    let along = answer.noisy / norm
    var clean = noisy
    var jacobians = [Jacobian](repeating: Jacobian(xx: along, xy: 0, yx: 0, yy: along), count: noisy.count)
    if answer.output == 0 {
      for i in 0..<noisy.count { clean[i] = noisy[i] / norm * answer.noisy }
      return (clean, jacobians)
    }
    let lower = support?.lower ?? SIMD2(repeating: -.infinity)
    let upper = support?.upper ?? SIMD2(repeating: .infinity)
    noisy.points.withUnsafeBufferPointer { noisy in
      clean.points.withUnsafeMutableBufferPointer { clean in
        jacobians.withUnsafeMutableBufferPointer { jacobians in
          jacobianNetwork.evaluate(
            noisy.count, at: level, threads: ThreadTeam.resolve(threads),
            input: { SIMD2<Float>(noisy[$0] / norm) },
            output: { i, output, gradients in
              let x =
                answer.noisy * (noisy[i] / norm) + answer.output * SIMD2(Double(output[0]), Double(output[1]))
              clean[i] = x.clamped(lowerBound: lower, upperBound: upper)
              let free = (x .>= lower) .& (x .<= upper)
              let scale = answer.output / norm
              let rows = (scale * SIMD2<Double>(gradients.0), scale * SIMD2<Double>(gradients.1))
              jacobians[i] = Jacobian(
                xx: free[0] ? along + rows.0.x : 0, xy: free[0] ? rows.0.y : 0,
                yx: free[1] ? rows.1.x : 0, yy: free[1] ? along + rows.1.y : 0)
            })
        }
      }
    }
    return (clean, jacobians)
  }
}
