import DiffusionProcess
import PointClouds
import ReverseSampling

extension Diffusion {
  /// The default noise-to-signal ratio, in standard units, at which points enter the flow: for a network the smallest
  /// that it was trained at, for the exact oracle 0.
  package var defaultSmoothing: Double {
    // Chains of one or two steps start with next to no signal.
    isExact ? 0 : min(schedule.level(step: 1).sigma, 0.5)
  }

  /// The likelihood by the model's flow, by default along the straight path of rectified flow, which ends exactly at
  /// the prior and changes evenly in time.
  ///
  /// Any process gives the same density, up to the error of the solver and the mismatch of its prior, whatever
  /// chain a network was trained on (Equations 1.2).
  /// - Parameters:
  ///   - smoothing: the noise-to-signal ratio of the start, in standard units; `defaultSmoothing` if `nil`.
  ///   - steps: steps of the Runge–Kutta method, the first ones short, because the flow changes fastest at low noise.
  /// - Precondition: the process has a time with this ratio.
  public func likelihood(
    along process: any ContinuousProcess = RectifiedFlow(), smoothing: Double? = nil, steps: Int = 64
  ) -> FlowLikelihood {
    FlowLikelihood(
      process, start: process.time(sigma: smoothing ?? defaultSmoothing), steps: steps, power: 2)
  }

  /// log p of points in nats, in the units of the data, by the probability-flow ODE.
  ///
  /// The standardization divides the coordinates by their scales, so log p of the data is log p in standard units
  /// minus the logarithm of the product of the scales. The density at time 1 is the prior of the process; for the
  /// exact oracle it is the exact one.
  public func logDensity(of points: PointCloud, by likelihood: FlowLikelihood) -> [Double] {
    let last: ((SIMD2<Double>) -> Double)?
    if isExact, let oracle {
      last = oracle.diffused(to: likelihood.flow.process.level(at: 1)).logDensity
    } else {
      last = nil
    }
    let change = standardization.logVolume
    return likelihood.evaluate(standardization.apply(points), using: denoiser, last: last)
      .logDensity.map { $0 - change }
  }

  /// The exact log p of points in nats, in the units of the data; `nil` if the data are not a known mixture.
  public func exactLogDensity(of points: PointCloud) -> [Double]? {
    guard let mixture = oracle?.diffused(to: .clean) else { return nil }
    let change = standardization.logVolume
    return standardization.apply(points).points.map { mixture.logDensity($0) - change }
  }
}
