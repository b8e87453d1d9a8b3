import DiffusionProcess
import PointClouds

/// The mean squared error of predicted noise over held-out points: the mean over points, coordinates and
/// `levels` steps spread evenly over the chain.  EQUATIONS (13.1)
///
/// Deterministic: the noise is that of `seed` for held-out points. Its floor is not 0 but the error of the
/// exact denoiser (EQUATIONS 13.3), which this measures as well, being given that denoiser.
/// - Parameters:
///   - points: in the units that the denoiser works in.
///   - levels: how many steps to look at; each is the middle of an equal share of 1...T.
/// - Complexity: O(levels × points) evaluations.
public func noisePredictionError(
  of denoiser: any Denoiser, on points: PointCloud, schedule: DiscreteSchedule, levels: Int = 32,
  seed: UInt64 = 0
) -> Double {
  precondition(points.count > 0 && levels > 0, "\(points.count) points at \(levels) levels")
  let source = NoiseSource(seed: seed, purpose: .heldOut)
  var total = 0.0
  for k in 0..<levels {
    let t = min(schedule.steps, 1 + (2 * k + 1) * schedule.steps / (2 * levels))
    let level = schedule.level(step: t)
    let noise = source.at(step: k + 1).normalCloud(count: points.count)
    var noisy = points
    for i in 0..<points.count { noisy[i] = level.noisy(points[i], noise[i]) }
    let predicted = denoiser.predictedNoise(noisy, at: level)
    for i in 0..<points.count {
      let error = predicted[i] - noise[i]
      total += (error * error).sum()
    }
  }
  return total / Double(2 * levels * points.count)
}
