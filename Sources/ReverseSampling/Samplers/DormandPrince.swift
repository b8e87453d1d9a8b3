import DiffusionProcess
import PointClouds
import RealModule

/// The pair 5(4) of Dormand and Prince for the probability-flow ODE in time, with steps as long as the error
/// allows.
///
/// Dormand and Prince 1980; step control as in Hairer, Nørsett and Wanner 1993, II.4. EQUATIONS (7.6). Every
/// particle has steps of its own, so that none depends on the others; the grid says where to stop on the way.
/// A step to noise 0, where the flow is not defined, ends at E[x₀ | x_t].
public struct DormandPrince: Sampler {
  /// How large the error of one step may be, a coordinate: absolute + relative · |x|.
  public struct Tolerance: Sendable, Hashable {
    /// The bound that does not depend on x.
    public let absolute: Double
    /// The share of |x|.
    public let relative: Double

    /// A bound on the error.
    /// - Precondition: both are positive.
    public init(absolute: Double = 1e-8, relative: Double = 1e-6) {
      precondition(absolute > 0 && relative > 0, "tolerances \(absolute) and \(relative)")
      self.absolute = absolute
      self.relative = relative
    }
  }

  /// The ODE.
  public let flow: ProbabilityFlow
  /// The bound on the error of a step; `nil` takes the steps of the grid, whatever their error.
  public let tolerance: Tolerance?

  /// The solver for the flow of a process.
  public init(_ process: any ContinuousProcess, tolerance: Tolerance? = Tolerance()) {
    flow = ProbabilityFlow(process)
    self.tolerance = tolerance
  }

  /// 5.
  public var order: Int { 5 }
  /// 6 where the steps are the grid's; 6 for each step of its own within one of the grid, and 1 more.
  public var evaluationsPerStep: Int { 6 }
  /// Known where the steps are the grid's.
  public func evaluations(along grid: TimeGrid) -> Int? {
    tolerance == nil ? grid.evaluations(aStep: 6) : nil
  }
  /// No.
  public var addsNoise: Bool { false }

  /// x ← the solution of fifth order at the grid's next time.
  public mutating func step(
    _ x: inout PointCloud, over i: Int, of grid: TimeGrid, using denoiser: any Denoiser, noise: NoiseSource
  ) {
    guard grid.levels[i + 1].noise > 0 else {
      x = denoiser.denoise(x, at: grid.levels[i])
      return
    }
    let (start, end) = (grid.times[i], grid.times[i + 1])
    guard let tolerance else {
      let first = flow.velocity(x, at: start, using: denoiser)
      x = attempt(x, at: start, by: end - start, first: first, using: denoiser).solution
      return
    }
    for i in 0..<x.count {
      x[i] = integrate(x[i], from: start, to: end, tolerance, using: denoiser)
    }
  }

  /// The end of one particle's path.
  private func integrate(
    _ point: SIMD2<Double>, from start: Double, to end: Double, _ tolerance: Tolerance,
    using denoiser: any Denoiser
  ) -> SIMD2<Double> {
    var (x, time, h) = (PointCloud([point]), start, end - start)
    var slope = flow.velocity(x, at: time, using: denoiser)
    var wasRejected = false
    while time > end {
      let isLast = time + h <= end
      if isLast { h = end - time }
      let trial = attempt(x, at: time, by: h, first: slope, using: denoiser)
      let size = tolerance.size(of: trial.error[0], x[0], trial.solution[0])
      // Below this a step no longer moves the time; take what there is.
      let isAccepted = size <= 1 || abs(h) < 1e-14
      if isAccepted {
        (x, time) = (trial.solution, isLast ? end : time + h)
        // First same as last: the last stage is at the solution.
        slope = trial.last
      }
      let factor = size > 0 ? 0.9 * Double.pow(size, -0.2) : 10
      h *= min(wasRejected || !isAccepted ? 1 : 10, max(0.2, factor.isNaN ? 0.2 : factor))
      wasRejected = !isAccepted
    }
    return x[0]
  }

  /// One step of the pair: the solution of fifth order, its difference from that of fourth, and the slope at it.
  /// - Parameter first: u at the start.
  /// - Complexity: six evaluations of the denoiser.
  public func attempt(
    _ x: PointCloud, at time: Double, by h: Double, first: PointCloud, using denoiser: any Denoiser
  ) -> (solution: PointCloud, error: PointCloud, last: PointCloud) {
    var slopes = [first]
    var solution = x
    for (node, weights) in Self.stages {
      solution = ProbabilityFlow.moved(x, by: h, Array(zip(weights, slopes)))
      slopes.append(flow.velocity(solution, at: time + node * h, using: denoiser))
    }
    let error = ProbabilityFlow.moved(
      PointCloud(zeros: x.count), by: h, Array(zip(Self.errorWeights, slopes)))
    return (solution, error, slopes[6])
  }

  /// c and a_ij of stages 2...7; the weights of the last are those of the solution of fifth order.
  static let stages: [(node: Double, weights: [Double])] = [
    (1 / 5, [1 / 5]),
    (3 / 10, [3 / 40, 9 / 40]),
    (4 / 5, [44 / 45, -56 / 15, 32 / 9]),
    (8 / 9, [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729]),
    (1, [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656]),
    (1, [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84]),
  ]

  /// The weights of fifth order minus those of fourth.
  static let errorWeights: [Double] = [
    35 / 384 - 5179 / 57600, 0, 500 / 1113 - 7571 / 16695, 125 / 192 - 393 / 640,
    -2187 / 6784 + 92097 / 339200, 11 / 84 - 187 / 2100, -1 / 40,
  ]
}

extension DormandPrince.Tolerance {
  /// The error in units of what is allowed, as a root mean square over the coordinates.
  func size(of error: SIMD2<Double>, _ before: SIMD2<Double>, _ after: SIMD2<Double>) -> Double {
    var sum = 0.0
    for j in 0..<2 {
      let part = error[j] / (absolute + relative * max(abs(before[j]), abs(after[j])))
      sum += part * part
    }
    return (sum / 2).squareRoot()
  }
}
