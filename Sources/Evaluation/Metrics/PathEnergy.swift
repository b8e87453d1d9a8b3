import DiffusionProcess
import PointClouds
import ReverseSampling

extension ProbabilityFlow {
  /// The path energy E∫‖u_t(x_t)‖² dt of the particles that the flow carries from `start`, at time 1, to the data,
  /// and where they arrive: by `steps` steps of Euler's method.
  ///
  /// It is never below W₂² between the cloud at time 1 and that at time 0, and equals it for straight paths of
  /// optimal transport (Benamou and Brenier 2000). Tong et al. 2024 (arXiv:2302.00482), section 5.
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
