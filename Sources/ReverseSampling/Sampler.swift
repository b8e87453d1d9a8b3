import DiffusionProcess
import PointClouds

/// One way to go from a noise level to a less noisy one.
///
/// A sampler is a value; a multistep one keeps its history in itself, and every run steps a fresh copy.
public protocol Sampler: Sendable {
  /// How often a step asks the denoiser.
  var evaluationsPerStep: Int { get }
  /// Whether steps add noise. Those that do need the score of a diffusion; others need a velocity alone.
  var addsNoise: Bool { get }

  /// Moves the cloud `x` from the level `from` to the less noisy level `to`.
  /// - Parameter noise: the noise of this step; particle i takes the draws of particle i.
  mutating func step(
    _ x: inout PointCloud, from: NoiseLevel, to: NoiseLevel, using denoiser: any Denoiser,
    noise: NoiseSource)
}

extension Sampler {
  /// The cloud at the end of the chain that starts at `start` and visits the levels of `grid`.
  /// - Complexity: ``evaluationsPerStep`` × steps calls of the denoiser.
  public func sample(
    from start: PointCloud, along grid: TimeGrid, using denoiser: any Denoiser, noise: NoiseSource
  ) -> PointCloud {
    var sampler = self
    var x = start
    for i in 0..<grid.steps {
      sampler.step(
        &x, from: grid.levels[i], to: grid.levels[i + 1], using: denoiser, noise: noise.at(step: i))
    }
    return x
  }

  /// The whole chain of ``sample(from:along:using:noise:)``, with the cloud at every level.
  public func trajectory(
    from start: PointCloud, along grid: TimeGrid, using denoiser: any Denoiser, noise: NoiseSource
  ) -> Trajectory {
    var sampler = self
    var x = start
    var trajectory = Trajectory(start: start, level: grid.levels[0], time: grid.times[0])
    for i in 0..<grid.steps {
      sampler.step(
        &x, from: grid.levels[i], to: grid.levels[i + 1], using: denoiser, noise: noise.at(step: i))
      trajectory.append(x, level: grid.levels[i + 1], time: grid.times[i + 1])
    }
    return trajectory
  }
}
