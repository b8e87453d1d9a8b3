import DiffusionProcess
import PointClouds

/// One reverse step of a sampler on Gaussian data: an affine map and a noise.  Equations (11.3)
package struct GaussianStep: Sendable, Hashable {
  /// G of x_s = G·x_t + shift + noise.
  package let gain: SymmetricMatrix
  /// The constant.
  package let shift: SIMD2<Double>
  /// The covariance of the noise.
  package let noise: SymmetricMatrix

  /// The law of the sampler's cloud after the step, where `law` is the one before.
  package func applied(to law: Gaussian) -> Gaussian {
    Gaussian(mean: gain * law.mean + shift, covariance: gain.congruence(of: law.covariance) + noise)
  }
}

extension Gaussian {
  /// The step x_s = `noisy`·x_t + `clean`·E[x₀ | x_t] + noise on data of this law.
  ///
  /// Every sampler with one evaluation a step has this form; DDIM(η) with `noisy` k = √(s_s² − η²V)/s_t and
  /// `clean` a_s − k·a_t.
  package func step(
    noisy: Double, clean: Double, at level: NoiseLevel, noise: SymmetricMatrix
  ) -> GaussianStep {
    let gain = gain(at: level)
    return GaussianStep(
      gain: SymmetricMatrix(isotropic: noisy) + clean * gain,
      shift: clean * (mean - level.signal * (gain * mean)), noise: noise)
  }

  /// The ancestral step with this covariance of its noise.  Equations (11.3)
  package func ancestralStep(
    from source: NoiseLevel, to target: NoiseLevel, noise: SymmetricMatrix
  ) -> GaussianStep {
    let posterior = ReversePosterior(from: source, to: target)
    return step(
      noisy: posterior.noisyCoefficient, clean: posterior.cleanCoefficient, at: source, noise: noise)
  }
}
