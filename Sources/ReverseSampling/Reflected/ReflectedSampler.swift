import DiffusionProcess
import PointClouds

/// A way from uniform noise in a box to data that never leaves the box.
///
/// A family beside ``Sampler``: it needs a ``ReflectedScore``, because E[x₀ | x_t] of Gaussian noise does not follow
/// from a score of folded noise. Clouds are in units of the box.
package protocol ReflectedSampler: SamplingRule {
  /// Moves the cloud `x` from the time `from` back to the time `to`.
  /// - Parameter noise: the noise of this step; particle i takes the draws of particle i.
  func step(
    _ x: inout PointCloud, from: Double, to: Double, of diffusion: ReflectedDiffusion,
    using score: any ReflectedScore, noise: NoiseSource)
}

extension ReflectedSampler {
  /// The whole chain of ``sample(from:along:of:using:noise:visit:)``, with the cloud at every time.
  package func trajectory(
    from start: PointCloud, along times: [Double], of diffusion: ReflectedDiffusion,
    using score: any ReflectedScore, noise: NoiseSource
  ) -> Trajectory {
    var trajectory = Trajectory(start: start, level: diffusion.level(at: times[0]), time: times[0])
    _ = sample(from: start, along: times, of: diffusion, using: score, noise: noise) { x, time in
      trajectory.append(x, level: diffusion.level(at: time), time: time)
    }
    return trajectory
  }

  /// The cloud at the end of the chain from `start`, in units of the box.
  /// - Parameters:
  ///   - times: decreasing within 0...1, at least two; equal steps from 1 to 0 are
  ///     `ReflectedDiffusion.times(steps:)`.
  ///   - visit: called with the cloud at each time after the first, and the time.
  /// - Complexity: ``evaluationsPerStep`` × steps scores of the cloud.
  package func sample(
    from start: PointCloud, along times: [Double], of diffusion: ReflectedDiffusion,
    using score: any ReflectedScore, noise: NoiseSource, visit: (PointCloud, Double) -> Void = { _, _ in }
  ) -> PointCloud {
    precondition(
      times.count >= 2 && zip(times, times.dropFirst()).allSatisfy(>),
      "a reverse chain visits decreasing times, not \(times)")
    var x = start
    for (i, (from, to)) in zip(times, times.dropFirst()).enumerated() {
      step(&x, from: from, to: to, of: diffusion, using: score, noise: noise.at(step: i))
      visit(x, to)
    }
    return x
  }
}

extension ReflectedDiffusion {
  /// The times of `steps` equal steps from 1 to 0, which multiply σ by equal factors.
  package func times(steps: Int) -> [Double] {
    precondition(steps >= 1, "\(steps) steps")
    return (0...steps).map { Double(steps - $0) / Double(steps) }
  }

  /// The level of the noise before it is folded: signal 1, noise σ(t).
  package func level(at time: Double) -> NoiseLevel { NoiseLevel(signal: 1, noise: sigma(at: time)) }
}
