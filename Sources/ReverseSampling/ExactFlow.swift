import DiffusionProcess
import PointClouds
import RealModule

/// Where the probability-flow ODE of a denoiser takes points, to far more digits than any sampler of few steps.
///
/// Along any path of levels the flow is the same in y = x/a by σ = s/a (Equations 1.2, 4.5), so one fine solution
/// serves the deterministic samplers of every process that start at the same σ.
package struct ExactFlow: Sendable {
  private let grid: TimeGrid
  private let solver = FlowRK4()
  private let scale: Double

  /// The flow from a level down to the data.
  /// - Parameters:
  ///   - last: the σ where E[x₀ | x_t] takes over, as in the last step of every sampler; so small where it is `nil` that
  ///     nothing of the step can be seen. Below that of `level`: a chain whose only step goes to the data has no flow
  ///     to compare with but that to the data.
  ///   - steps: of Runge and Kutta's method of fourth order, even in λ.
  package init(from level: NoiseLevel, to last: Double? = nil, steps: Int = 400) {
    let least = last ?? min(Self.leastSigma, level.sigma / 100)
    precondition(
      level.noise > 0 && least > 0 && least < level.sigma && steps >= 2,
      "\(steps) steps from \(level) to σ = \(least)")
    // Beyond, where nothing of the data is left, y/σ stands still.
    let sigma = min(level.sigma, Self.mostSigma)
    let betaMin = 0.1
    // B(1) = (β_min + β_max)/2 = log(1 + σ²) ends the process at this σ.
    let b = 2 * Double.log(onePlus: sigma * sigma)
    let process = VariancePreserving(betaMin: min(betaMin, b / 2), betaMax: b - min(betaMin, b / 2))
    grid = TimeGrid(process, steps: steps, fromLambda: -Double.log(sigma), to: -Double.log(least))
    scale = 1 / (level.signal * level.signal + level.noise * level.noise).squareRoot()
  }

  /// The ends of the points `start` at the level.
  package func ends(of start: PointCloud, using denoiser: any Denoiser) -> PointCloud {
    solver.sample(
      from: start.map { $0 * scale }, along: grid, using: denoiser,
      noise: NoiseSource(seed: 0, purpose: .sampling))
  }

  private static let (mostSigma, leastSigma) = (1e5, 1e-3)
}
