import DiffusionProcess
import PointClouds
import RealModule

/// log p of points by the probability-flow ODE: each point is carried from the data to the noise, and the divergence
/// of the flow along its path gives the change of the density.
///
/// log p(x_start) = log p₁(x₁) + ∫ ∇·u_t(x_t) dt. Chen et al. 2018 (arXiv:1806.07366), Song et al. 2021
/// (arXiv:2011.13456), eq. 39; Equations (9.1). The divergence is exact, from the Jacobian of the denoiser, and not
/// a random estimate of the trace. A trained network serves any process, because it reads only the ratio of noise and
/// signal.
///
/// If the flow starts at time 0, the density is that of the data. If it starts later, with signal a and noise s, it
/// is that of a·x₀ + s·ε on the scale of the data: the data smoothed by a Gaussian of standard deviation s/a. It
/// integrates to 1 over the plane in either case, however wrong the denoiser is.
public struct FlowLikelihood: Sendable {
  /// How the ODE is solved.
  package enum Solver: Sendable, Hashable {
    /// The classical Runge–Kutta method through these increasing times, the same for all points.
    case rungeKutta4(times: [Double])
    /// The Dormand–Prince pair with steps as long as the error of each point allows; ∫ ∇·u has the same error bound
    /// as the coordinates.
    case dormandPrince(start: Double, DormandPrince.Tolerance)
  }

  /// The ODE.
  package let flow: ProbabilityFlow
  /// How it is solved.
  package let solver: Solver

  /// The likelihood by the flow of a process.
  /// - Precondition: times lie in 0...1, and those of a list increase to 1.
  package init(_ process: any ContinuousProcess, solver: Solver) {
    flow = ProbabilityFlow(process)
    self.solver = solver
    if case .rungeKutta4(let times) = solver {
      precondition(
        times.count >= 2 && times[times.count - 1] == 1 && zip(times, times.dropFirst()).allSatisfy(<),
        "a flow to the noise visits increasing times up to 1, not \(times)")
    }
    precondition((0..<1).contains(start), "a flow from time \(start)")
  }

  /// The likelihood by Runge–Kutta steps from `start` to time 1.
  /// - Parameter power: 1 for steps of equal length; with 2 their lengths grow linearly, which resolves the fast
  ///   changes at low noise.
  package init(_ process: any ContinuousProcess, start: Double, steps: Int, power: Double = 1) {
    precondition(steps >= 1 && power >= 1, "\(steps) steps of power \(power)")
    let times = (0...steps).map { i in
      i == steps ? 1 : start + (1 - start) * Double.pow(Double(i) / Double(steps), power)
    }
    self.init(process, solver: .rungeKutta4(times: times))
  }

  /// The time at which points enter the flow.
  package var start: Double {
    switch solver {
    case .rungeKutta4(let times): times[0]
    case .dormandPrince(let start, _): start
    }
  }

  /// The results for each point.
  package struct Result: Sendable, Hashable {
    /// log p in nats, over both coordinates.
    package let logDensity: [Double]
    /// Where each point arrives at time 1.
    package let latent: PointCloud
    /// ∫ ∇·u_t dt along each path.
    package let integral: [Double]
  }

  /// log p of every point.
  /// - Parameters:
  ///   - points: on the scale of the data, that is before they are multiplied by the signal at ``start``.
  ///   - last: log p₁; that of the prior N(0, s₁²·I) of the process if `nil`. The two differ by what the process
  ///     leaves of the data at time 1 (Equations 9.1).
  /// - Complexity: four evaluations of the denoiser and its derivative per step, for all points at once; six per step
  ///   and point with ``Solver/dormandPrince(start:_:)``.
  package func evaluate(
    _ points: PointCloud, using denoiser: any JacobianDenoiser, last: ((SIMD2<Double>) -> Double)? = nil
  ) -> Result {
    let signal = flow.process.level(at: start).signal
    let entered = points.points.map { SIMD3($0 * signal, 0) }
    let u = { slopes($0, at: $1, denoiser) }
    let left: [SIMD3<Double>]
    switch solver {
    case .rungeKutta4(let times):
      left = zip(times, times.dropFirst()).reduce(entered) { states, times in
        RungeKutta.classicalStep(states, from: times.0, to: times.1, u)
      }
    case .dormandPrince(let start, let tolerance):
      // Each point has its own steps, so that none depends on the others.
      left = entered.map {
        RungeKutta.integrate($0, from: start, to: 1, firstStep: Self.firstStep, tolerance, u)
      }
    }
    let change = 2 * Double.log(signal)
    return Result(
      logDensity: left.map { state in
        (last ?? logPrior)(state.point) + state.z + change
      },
      latent: PointCloud(left.map(\.point)), integral: left.map(\.z))
  }

  /// log N(x; 0, p²·I) in nats, with p the prior's standard deviation.
  private func logPrior(_ x: SIMD2<Double>) -> Double {
    let covariance = SymmetricMatrix(
      isotropic: flow.process.priorStandardDeviation * flow.process.priorStandardDeviation)
    return -0.5 * covariance.inverse.quadraticForm(x) - Double.log(2 * .pi)
      - 0.5 * Double.log(covariance.determinant)
  }

  /// The earliest time at which the slope is evaluated.
  ///
  /// At time 0 the slope exists only as a limit, 0·∞ in the form that serves any denoiser. At this time it is within
  /// 1e-8 of that limit, and the rounding error, divided by s, is no larger.
  static let earliest = 1e-8

  /// A first step that is short enough for any flow; each later one is up to ten times as long.
  private static let firstStep = 1e-4

  /// (u_t, ∇·u_t) of every state (x, ∫ ∇·u).
  private func slopes(
    _ states: [SIMD3<Double>], at time: Double, _ denoiser: any JacobianDenoiser
  ) -> [SIMD3<Double>] {
    // Rounding may carry a last stage past time 1.
    let (velocity, divergence) = flow.velocityAndDivergence(
      PointCloud(states.map(\.point)), at: min(1, max(time, Self.earliest)), using: denoiser)
    return zip(velocity.points, divergence).map { SIMD3($0, $1) }
  }
}

extension SIMD3<Double> {
  /// The point of a state.
  fileprivate var point: SIMD2<Double> { SIMD2(x, y) }
}
