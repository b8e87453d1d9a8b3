import DiffusionProcess
import PointClouds

/// A solver of the probability-flow ODE in time.  Equations (4.3)
///
/// The ODE is that of the grid's process. Its flow is not defined at noise 0, so a step to noise 0 ends at
/// E[x₀ | x_t], unless the solver does not need the velocity at the end of a step.
package protocol FlowSolver: Sampler {
  /// The velocity of points at a time.
  typealias Velocity = (_ x: [SIMD2<Double>], _ time: Double) -> [SIMD2<Double>]

  /// Whether a step needs the velocity at its end, as it does by default.
  var asksAtEnd: Bool { get }

  /// The points at the time `end`, which is before `start`.
  func solve(
    _ x: [SIMD2<Double>], from start: Double, to end: Double, _ u: Velocity
  ) -> [SIMD2<Double>]
}

extension FlowSolver {
  package var asksAtEnd: Bool { true }
  package var addsNoise: Bool { false }
  package var need: SamplerNeed { .process }
  package func evaluations(along grid: TimeGrid) -> Int? { grid.evaluations(perStep: evaluationsPerStep) }

  /// Solves the flow from time `i` of the grid to the next.
  package mutating func step(
    _ x: inout PointCloud, over i: Int, of grid: TimeGrid, using denoiser: any Denoiser, noise: NoiseSource
  ) {
    let flow = ProbabilityFlow(grid.knownProcess)
    guard grid.levels[i + 1].noise > 0 || !asksAtEnd else {
      x = denoiser.denoise(x, at: grid.levels[i])
      return
    }
    x.points = solve(x.points, from: grid.times[i], to: grid.times[i + 1]) { points, time in
      flow.velocity(PointCloud(points), at: time, using: denoiser).points
    }
  }
}

extension TimeGrid {
  /// The process, for a sampler that steps in time.
  /// - Precondition: there is one.
  var knownProcess: any ContinuousProcess {
    guard let process else {
      preconditionFailure("a sampler in time on levels of no known process: \(levels)")
    }
    return process
  }
}
