import DiffusionProcess
import PointClouds
import ReverseSampling
import TinyNetwork

/// A score between walls with all that sampling from it needs: a trained network, or the exact oracle of a folded
/// mixture.
///
/// Beside ``ReverseModel``, whose denoiser it has not: what asks for E[x₀ | x_t] of Gaussian noise cannot be asked
/// of it by mistake. The chain runs in units of the box; samples and trajectories are in those of the data.
package struct ReflectedModel: Sendable {
  /// What the samples are of.
  package let name: String
  /// Where the data came from; `nil` where that was not recorded, and for an exact oracle.
  package let origin: DataOrigin?
  /// The score, in units of the box.
  package let score: any ReflectedScore
  /// The diffusion that is reversed, with its walls.
  package let diffusion: ReflectedDiffusion
  /// The exact law of the data in units of the box, where it is known.
  package let oracle: FoldedMixture?

  /// A trained network.
  /// - Parameters:
  ///   - folded: the mixture in the units of the data that, folded into the box, is their law, where one is.
  ///   - threads: 0 for one a processor; the samples do not depend on it.
  /// - Returns: `nil` where the network was not trained between walls.
  package init?(_ model: TrainedModel, folded: GaussianMixture? = nil, threads: Int = 0) {
    guard let reflection = model.reflection else { return nil }
    name = model.dataset
    origin = model.origin
    diffusion = reflection
    score = model.reflectedScore(threads: threads)
    oracle = folded.flatMap { FoldedMixture($0, into: reflection.box) }
  }

  /// The exact oracle of a mixture folded into a box: what a perfect network would do.
  /// - Returns: `nil` where the mixture cannot be folded exactly (``FoldedMixture``).
  package init?(exact mixture: GaussianMixture, in box: DataBox, name: String) {
    guard let oracle = FoldedMixture(mixture, into: box) else { return nil }
    self.name = name
    origin = nil
    self.oracle = oracle
    score = oracle
    diffusion = ReflectedDiffusion(box: box)
  }

  /// The sampler for who names none.
  package static let usualSampler = "reflected-em"

  /// `count` samples, in the units of the data; none lies outside the box.
  /// - Precondition: `steps` is at least 1.
  package func samples(
    count: Int, sampler: any ReflectedSampler, steps: Int, seed: UInt64
  ) -> PointCloud {
    diffusion.box.fromUnit(
      sampler.sample(
        from: start(count, seed), along: diffusion.times(steps: steps), of: diffusion, using: score,
        noise: NoiseSource(seed: seed, purpose: .sampling)))
  }

  /// The reverse chain of `count` particles, in the units of the data; its end is the samples of the same seed.
  /// - Precondition: `steps` is at least 1.
  package func trajectory(
    count: Int, sampler: any ReflectedSampler, steps: Int, seed: UInt64
  ) -> Trajectory {
    sampler.trajectory(
      from: start(count, seed), along: diffusion.times(steps: steps), of: diffusion, using: score,
      noise: NoiseSource(seed: seed, purpose: .sampling)
    ).map(diffusion.box.fromUnit)
  }

  private func start(_ count: Int, _ seed: UInt64) -> PointCloud {
    diffusion.prior(count: count, noise: NoiseSource(seed: seed, purpose: .start))
  }
}
