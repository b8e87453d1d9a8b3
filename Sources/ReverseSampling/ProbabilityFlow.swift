import DiffusionProcess
import PointClouds

/// The probability-flow ODE of a process, dx/dt = u_t(x) = a'·E[x₀ | x_t] + s'·E[ε | x_t].
///
/// Song et al. 2021 (arXiv:2011.13456), eq. 13; Equations (4.3), (10.6). Every term of this form stays finite
/// where the signal ends, while f and g do not.
package struct ProbabilityFlow: Sendable {
  /// The forward process.
  package let process: any ContinuousProcess

  /// The flow of a process.
  package init(_ process: any ContinuousProcess) {
    self.process = process
  }

  /// u_t of every point.
  /// - Precondition: there is noise at this time.
  /// - Complexity: one evaluation of the denoiser.
  package func velocity(_ x: PointCloud, at time: Double, using denoiser: any Denoiser) -> PointCloud {
    let level = process.level(at: time)
    precondition(level.noise > 0, "the flow of \(process.name) is not defined at time \(time)")
    let rates = process.rates(at: time)
    var result = denoiser.denoise(x, at: level)
    for i in 0..<x.count {
      let epsilon = (x[i] - level.signal * result[i]) / level.noise
      result[i] = rates.signal * result[i] + rates.noise * epsilon
    }
    return result
  }
}
