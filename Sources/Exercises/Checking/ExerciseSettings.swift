import DiffusionLab

/// The inputs of all checkers: fixed seeds and an exact schedule, so that every learner sees the same numbers.
enum ExerciseSettings {
  /// The cosine schedule of 50 steps.
  static let schedule = DiscreteSchedule.cosine(steps: 50)

  /// Steps to check at, away from both ends; the first is shown in messages.
  static let steps = [20, 2, 10, 25, 40, 49]
  /// The first and the last step.
  static let edges = [1, 50]

  /// A few pairs of points to check with; the first has plain numbers.
  static let pairs: [(SIMD2<Double>, SIMD2<Double>)] = {
    let noise = NoiseSource(seed: 1, purpose: NoiseSource.Purpose("exercise"))
    return [(SIMD2(1, -0.5), SIMD2(0.5, 2))]
      + (0..<4).map { (noise.normal(particle: $0), noise.normal(particle: $0, lane: 1)) }
  }()

  /// The ring of 8 in standard units, whose denoiser is known exactly.
  static let oracle: GaussianMixture = {
    let ring = Ring()
    // Half the trace of the covariance: radius² / 2 + std².
    let variance = ring.radius * ring.radius / 2 + ring.std * ring.std
    return ring.gaussians.standardized(by: Standardization(mean: .zero, scale: variance.squareRoot()))
  }()

  /// Runs a reverse chain of 400 points with the exact denoiser.
  /// - Parameters:
  ///   - times: the steps to visit, downwards and away from both ends, as ``AnswerCheck/inputs`` are.
  ///   - move: moves particle i with its denoised point from one step to the next; `nil` ends the chain.
  /// - Returns: the cloud at every visited time; a point that diverged is NaN from there on.
  static func chain(
    along times: [Int],
    _ move: (_ particle: Int, _ noisy: SIMD2<Double>, _ clean: SIMD2<Double>, _ t: Int, _ s: Int)
      -> SIMD2<Double>?
  ) -> [PointCloud]? {
    chain(levels: times.map { schedule.level(step: $0) }) { particle, noisy, clean, k in
      move(particle, noisy, clean, times[k], times[k + 1])
    }
  }

  /// Runs a reverse chain of 400 points with the exact denoiser along levels of decreasing noise.
  /// - Parameter move: moves particle i with its denoised point from level k to the next; `nil` ends the chain.
  /// - Returns: the cloud at every level; a point that diverged is NaN from there on.
  static func chain(
    levels: [NoiseLevel],
    _ move: (_ particle: Int, _ noisy: SIMD2<Double>, _ clean: SIMD2<Double>, _ k: Int) -> SIMD2<Double>?
  ) -> [PointCloud]? {
    var x = NoiseSource(seed: 1, purpose: .start).normalCloud(count: 400)
    var clouds = [x]
    for k in 0..<levels.count - 1 {
      // A wrong answer may diverge; the denoiser then gets the origin instead.
      func isLost(_ point: SIMD2<Double>) -> Bool {
        !(point.x.magnitude <= 1e6 && point.y.magnitude <= 1e6)
      }
      let clean = oracle.denoise(x.map { isLost($0) ? .zero : $0 }, at: levels[k])
      for i in 0..<x.count {
        guard let next = move(i, x[i], clean[i], k) else { return nil }
        x[i] = isLost(x[i]) || isLost(next) ? SIMD2(repeating: .nan) : next
      }
      clouds.append(x)
    }
    return clouds
  }
}
