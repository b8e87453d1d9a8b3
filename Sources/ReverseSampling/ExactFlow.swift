import DiffusionProcess
import PointClouds
import RealModule

/// The end points of a denoiser's probability-flow ODE, far more accurate than those of any sampler with few steps.
///
/// In y = x/a as a function of σ = s/a the flow is the same along any path of levels (Equations 1.2, 4.5), so one
/// fine solution is the reference for the deterministic samplers of every process that start at the same σ.
package struct ExactFlow: Sendable {
  private let grid: TimeGrid
  private let solver = FlowRK4()
  private let scale: Double

  /// The flow from a level down to the data.
  /// - Parameters:
  ///   - last: the σ, below that of `level`, from which the last step goes to E[x₀ | x_t], as in every sampler; if
  ///     `nil`, it is so small that this step has no visible effect.
  ///   - steps: of the classical Runge–Kutta method, evenly spaced in λ.
  package init(from level: NoiseLevel, to last: Double? = nil, steps: Int = 400) {
    let least = last ?? min(Self.leastSigma, level.sigma / 100)
    precondition(
      level.noise > 0 && least > 0 && least < level.sigma && steps >= 2,
      "\(steps) steps from \(level) to σ = \(least)")
    // Beyond it, nothing of the data is left, and y/σ no longer changes.
    let sigma = min(level.sigma, Self.mostSigma)
    let betaMin = 0.1
    // B(1) = (β_min + β_max)/2 = log(1 + σ²) ends the process at this σ.
    let b = 2 * Double.log(onePlus: sigma * sigma)
    let process = VariancePreserving(betaMin: min(betaMin, b / 2), betaMax: b - min(betaMin, b / 2))
    grid = TimeGrid(process, steps: steps, fromLambda: -Double.log(sigma), to: -Double.log(least))
    scale = 1 / (level.signal * level.signal + level.noise * level.noise).squareRoot()
  }

  /// Where the flow takes the points `start` of the level.
  package func ends(of start: PointCloud, using denoiser: any Denoiser) -> PointCloud {
    solver.sample(
      from: start.map { $0 * scale }, along: grid, using: denoiser,
      noise: NoiseSource(seed: 0, purpose: .sampling))
  }

  private static let (mostSigma, leastSigma) = (1e5, 1e-3)
}
