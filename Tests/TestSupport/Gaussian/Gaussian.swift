import DiffusionProcess
import PointClouds
import RealModule

/// One Gaussian N(mean, covariance): as data, everything about it is in closed form; as the law of what a
/// sampler makes of such data, it says exactly how wrong the sampler is.  Equations section 11
package struct Gaussian: Sendable, Hashable {
  /// The centre.
  package let mean: SIMD2<Double>
  /// The covariance.
  package let covariance: SymmetricMatrix

  /// The Gaussian with these moments.
  /// - Precondition: the covariance is positive definite.
  package init(mean: SIMD2<Double>, covariance: SymmetricMatrix) {
    precondition(covariance.isPositiveDefinite, "\(covariance) is not positive definite")
    self.mean = mean
    self.covariance = covariance
  }

  /// N(0, standardDeviation²·I): the prior of a chain.
  package static func isotropic(standardDeviation: Double = 1) -> Gaussian {
    Gaussian(mean: .zero, covariance: SymmetricMatrix(isotropic: standardDeviation * standardDeviation))
  }

  /// log N(x; mean, covariance) in nats.
  package func logDensity(_ x: SIMD2<Double>) -> Double {
    -0.5 * covariance.inverse.quadraticForm(x - mean) - Double.log(2 * .pi)
      - 0.5 * Double.log(covariance.determinant)
  }

  /// The law of a·x + s·ε where x has this one: N(a·m, a²·S + s²·I).
  package func diffused(to level: NoiseLevel) -> Gaussian {
    Gaussian(mean: level.signal * mean, covariance: diffusedCovariance(at: level))
  }

  /// C = a²·S + s²·I.
  func diffusedCovariance(at level: NoiseLevel) -> SymmetricMatrix {
    (level.signal * level.signal) * covariance + SymmetricMatrix(isotropic: level.noise * level.noise)
  }

  /// KL(this ‖ other) in nats.  Equations (11.9)
  package func divergence(from other: Gaussian) -> Double {
    let precision = other.covariance.inverse
    return 0.5
      * (precision.traceOfProduct(covariance) + precision.quadraticForm(mean - other.mean) - 2
        + Double.log(other.covariance.determinant / covariance.determinant))
  }

  /// The Wasserstein-2 distance, not squared.  Equations (11.8); Dowson and Landau 1982
  ///
  /// As the smallest ‖√S₁ − √S₂·R‖ over rotations R, a sum of squares: the usual formula with traces loses half
  /// of the digits where the two are close.
  package func wasserstein(to other: Gaussian) -> Double {
    let (a, b) = (covariance.squareRoot, other.covariance.squareRoot)
    // The best rotation is that of the polar decomposition of √S₂·√S₁.
    let (p, q) = (
      b.traceOfProduct(a), (b.xy * a.xx + b.yy * a.xy) - (b.xx * a.xy + b.xy * a.yy)
    )
    let norm = (p * p + q * q).squareRoot()
    let (c, s) = (p / norm, q / norm)
    let first = SIMD2(a.xx - (b.xx * c + b.xy * s), a.xy - (b.xy * c - b.xx * s))
    let second = SIMD2(a.xy - (b.xy * c + b.yy * s), a.yy - (b.yy * c - b.xy * s))
    let shift = mean - other.mean
    return (first * first + second * second + shift * shift).sum().squareRoot()
  }
}
