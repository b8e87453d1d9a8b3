import PointClouds
import RealModule

/// The exact oracle of data between walls: a Gaussian mixture folded into the unit box, with its density and score
/// under reflected diffusion in closed form.
///
/// A point is R(z) with z from the mixture: the part of a Gaussian beyond a wall is mirrored into the box, not cut
/// off. (If the mixture is symmetric about each wall, as that of the set `box` is, cutting off is the same.) Folding
/// commutes with diffusion, and noise of standard deviations a and b in sequence is noise of √(a² + b²). So at noise
/// σ a component of mean μ and standard deviations d is the product over coordinates of K_√(d² + σ²)(x | R(μ)).
package struct FoldedMixture: ReflectedScore {
  /// One Gaussian, folded.
  package struct Component: Sendable, Hashable {
    package let weight: Double
    /// Its centre, in the unit box.
    package let mean: SIMD2<Double>
    /// The standard deviation of each coordinate before folding.
    package let standardDeviation: SIMD2<Double>
  }

  /// The Gaussians; their weights sum to 1.
  package let components: [Component]

  /// The fold into `box` of a mixture in the same units.
  /// - Returns: `nil` if the coordinates of a component are correlated, so that its density is no product.
  /// - Precondition: the box has extent.
  package init?(_ mixture: GaussianMixture, into box: DataBox) {
    precondition(box.hasExtent, "a box from \(box.lower) to \(box.upper) has no room")
    guard mixture.components.allSatisfy({ $0.covariance.xy == 0 }) else { return nil }
    components = mixture.components.map {
      Component(
        weight: $0.weight, mean: Fold(($0.mean - box.lower) / box.extent).place,
        standardDeviation: SIMD2($0.covariance.xx.squareRoot(), $0.covariance.yy.squareRoot()) / box.extent)
    }
  }

  /// log p_σ(x) in nats at a point of the unit box; at σ = 0 that of the data.
  /// - Complexity: O(components).
  package func logDensity(_ x: SIMD2<Double>, sigma: Double = 0) -> Double { diffused(sigma)(x).log }

  /// - Complexity: O(points × components).
  package func score(_ x: PointCloud, sigma: Double, into score: inout PointCloud) {
    let sum = diffused(sigma)
    for i in 0..<x.count { score[i] = sum(x[i]).score }
  }

  /// The sum over components at noise σ as a function of the point.
  private func diffused(_ sigma: Double) -> (SIMD2<Double>) -> KernelSum {
    let kernels = components.map { component in
      let own = component.standardDeviation
      let whole = (own * own + sigma * sigma).squareRoot()
      return (ReflectedKernel(sigma: whole.x), ReflectedKernel(sigma: whole.y))
    }
    return { x in
      var sum = KernelSum()
      for (component, kernel) in zip(components, kernels) {
        sum.add(
          kernel.0.scaled(x.x, given: component.mean.x), kernel.1.scaled(x.y, given: component.mean.y),
          weight: component.weight)
      }
      return sum
    }
  }
}
