import DiffusionProcess
import PointClouds

extension ProbabilityFlow {
  /// u_t of every point with its divergence ∂u₁/∂x₁ + ∂u₂/∂x₂, exact.  Equations (9.1)
  ///
  /// With J = ∂E[x₀ | x_t]/∂x_t the divergence is a'·tr J + (s'/s)·(2 − a·tr J), every term of which stays finite
  /// where the signal ends.
  /// - Precondition: there is noise at this time.
  /// - Complexity: one evaluation of the denoiser with its derivative.
  package func velocityAndDivergence(
    _ x: PointCloud, at time: Double, using denoiser: any JacobianDenoiser
  ) -> (velocity: PointCloud, divergence: [Double]) {
    let level = process.level(at: time)
    precondition(level.noise > 0, "the flow of \(process.name) is not defined at time \(time)")
    let rates = process.rates(at: time)
    var (velocity, jacobians) = denoiser.linearized(x, at: level)
    for i in 0..<x.count {
      let epsilon = (x[i] - level.signal * velocity[i]) / level.noise
      velocity[i] = rates.signal * velocity[i] + rates.noise * epsilon
    }
    let divergence = jacobians.map {
      rates.signal * $0.trace + rates.noise * (2 - level.signal * $0.trace) / level.noise
    }
    return (velocity, divergence)
  }
}
