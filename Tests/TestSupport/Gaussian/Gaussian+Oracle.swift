import DiffusionProcess
import PointClouds
import RealModule

extension Gaussian: ExactDenoiser {
  /// M = a·S·C⁻¹, the gain of the exact denoiser: E[x₀ | x_t] = m + M·(x_t − a·m).  Equations (11.1)
  package func gain(at level: NoiseLevel) -> SymmetricMatrix {
    level.signal * covariance.commutingProduct(diffusedCovariance(at: level).inverse)
  }

  /// Cov[x₀ | x_t] = s²·S·C⁻¹, the same for every x_t.  Equations (11.1)
  package func posteriorCovariance(at level: NoiseLevel) -> SymmetricMatrix {
    (level.noise * level.noise) * covariance.commutingProduct(diffusedCovariance(at: level).inverse)
  }

  /// E[x₀ | x_t] of every point.  Equations (11.1)
  package func denoise(_ noisy: PointCloud, at level: NoiseLevel, into clean: inout PointCloud) {
    precondition(clean.count == noisy.count, "\(clean.count) places for \(noisy.count) points")
    let gain = gain(at: level)
    for i in 0..<noisy.count { clean[i] = mean + gain * (noisy[i] - level.signal * mean) }
  }

  /// Cov[x₀ | x_t] of every point.
  package func covariance(_ noisy: PointCloud, at level: NoiseLevel) -> [SymmetricMatrix] {
    [SymmetricMatrix](repeating: posteriorCovariance(at: level), count: noisy.count)
  }

  /// ½ log det(2πe·C) in nats.  Equations (11.6)
  package func entropy(at level: NoiseLevel) -> Double {
    1 + Double.log(2 * .pi) + 0.5 * Double.log(diffusedCovariance(at: level).determinant)
  }

  package func posteriorEstimate(
    at level: NoiseLevel, of f: (PosteriorCovariance) -> SIMD4<Double>
  ) -> QuadratureEstimate {
    QuadratureEstimate(values: f(PosteriorCovariance(posteriorCovariance(at: level))))
  }

  /// Where the probability-flow ODE takes `x` from one level to another.  Equations (11.2)
  package func flow(_ x: SIMD2<Double>, from source: NoiseLevel, to target: NoiseLevel) -> SIMD2<Double> {
    let map = diffusedCovariance(at: target).squareRoot
      .commutingProduct(diffusedCovariance(at: source).squareRoot.inverse)
    return target.signal * mean + map * (x - source.signal * mean)
  }

  /// E‖x₀ − E[x₀ | x_t]‖² as a matrix, over x_t from one fixed x₀: bias and spread of the denoiser.
  /// Equations (11.7)
  package func squaredError(of clean: SIMD2<Double>, at level: NoiseLevel) -> SymmetricMatrix {
    let gain = gain(at: level)
    let bias = (clean - mean) - level.signal * (gain * (clean - mean))
    return SymmetricMatrix(outer: bias) + (level.noise * level.noise) * gain.commutingProduct(gain)
  }

  /// The velocity at time `t` of the straight lines that join the data with N(0, I) by optimal transport, the
  /// field of OT conditional flow matching on infinitely large batches.  Equations (11.10)
  ///
  /// One Euler step along it is exact. It is no field of a diffusion, and there is no score to be had from it.
  package func transportVelocity(_ x: SIMD2<Double>, at t: Double) -> SIMD2<Double> {
    let root = covariance.squareRoot
    let map = (1 - t) * root + SymmetricMatrix(isotropic: t)
    let epsilon = map.inverse * (x - (1 - t) * mean)
    return epsilon - mean - root * epsilon
  }
}

extension Gaussian: JacobianDenoiser {}

extension Gaussian: MomentDenoiser {
  /// The moments of x₀ | x_t of every point: the third is 0.  Equations (11.1)
  package func moments(_ noisy: PointCloud, at level: NoiseLevel) -> [ElementwiseMoments] {
    let covariance = posteriorCovariance(at: level)
    return denoise(noisy, at: level).points.map {
      ElementwiseMoments(mean: $0, variance: SIMD2(covariance.xx, covariance.yy), third: .zero)
    }
  }
}
