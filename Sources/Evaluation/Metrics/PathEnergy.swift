import DiffusionProcess
import PointClouds
import ReverseSampling

extension ProbabilityFlow {
  /// The path energy E∫‖u_t(x_t)‖² dt of the particles that the flow carries from `start`, at time 1, to the data,
  /// and their end points, by `steps` steps of Euler's method.
  ///
  /// It is at least W₂² between the clouds at times 1 and 0, and equal to it for the straight paths of optimal
  /// transport (Benamou and Brenier 2000). Tong et al. 2024 (arXiv:2302.00482), section 5.
  /// - Complexity: `steps` evaluations of the denoiser.
  package func pathEnergy(
    from start: PointCloud, steps: Int, using denoiser: any Denoiser
  ) -> (energy: Double, end: PointCloud) {
    precondition(steps >= 1 && start.count > 0, "\(steps) steps of \(start.count) particles")
    var x = start
    var total = 0.0
    let h = 1 / Double(steps)
    for k in 0..<steps {
      let velocity = velocity(x, at: 1 - Double(k) * h, using: denoiser)
      for i in 0..<x.count {
        total += h * (velocity[i] * velocity[i]).sum()
        x[i] -= h * velocity[i]
      }
    }
    return (total / Double(start.count), x)
  }
}
