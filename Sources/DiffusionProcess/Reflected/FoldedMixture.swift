import PointClouds
import RealModule

/// A Gaussian mixture folded into the unit box, and everything about it under reflected diffusion in closed form:
/// the exact oracle of data between walls.
///
/// A point is R(z) with z from the mixture: what of a Gaussian lies behind a wall is mirrored in, not cut off and
/// not divided by what is left. (Where the mixture is its own mirror image at the walls, as that of the set
/// `box` is, cutting off is the same.) Folding commutes with diffusion, and kernels of deviations a and b in a
/// row are one of √(a² + b²); so a component of mean μ and deviations d is at noise σ the product over its
/// coordinates of K_√(d² + σ²)(x | R(μ)): a Gaussian's sum of images, by whichever series is short.
package struct FoldedMixture: ReflectedScore {
  /// One Gaussian, folded.
  package struct Component: Sendable, Hashable {
    /// Its share of the points.
    package let weight: Double
    /// Its centre, in the unit box.
    package let mean: SIMD2<Double>
    /// The deviation of each coordinate before it is folded.
    package let deviation: SIMD2<Double>
  }

  /// The Gaussians; their weights sum to 1.
  package let components: [Component]

  /// The fold into `box` of a mixture in the units of the box's walls.
  /// - Returns: `nil` where a component's coordinates are correlated: its images are no product.
  /// - Precondition: the box has extent.
  package init?(_ mixture: GaussianMixture, into box: DataBox) {
    precondition(box.hasExtent, "a box from \(box.lower) to \(box.upper) has no room")
    guard mixture.components.allSatisfy({ $0.covariance.xy == 0 }) else { return nil }
    components = mixture.components.map {
      Component(
        weight: $0.weight, mean: Fold(($0.mean - box.lower) / box.extent).place,
        deviation: SIMD2($0.covariance.xx.squareRoot(), $0.covariance.yy.squareRoot()) / box.extent)
    }
  }

  /// log p_σ(x) in nats, at a point of the unit box; of the data themselves at σ = 0.
  /// - Complexity: O(components).
  package func logDensity(_ x: SIMD2<Double>, sigma: Double = 0) -> Double { diffused(sigma)(x).log }

  /// - Complexity: O(points × components).
  package func score(_ x: PointCloud, sigma: Double, into score: inout PointCloud) {
    let sum = diffused(sigma)
    for i in 0..<x.count { score[i] = sum(x[i]).score }
  }

  /// The sum at noise σ, ready for any number of points.
  private func diffused(_ sigma: Double) -> (SIMD2<Double>) -> KernelSum {
    let kernels = components.map { component in
      let deviation = (component.deviation * component.deviation + sigma * sigma).squareRoot()
      return (ReflectedKernel(sigma: deviation.x), ReflectedKernel(sigma: deviation.y))
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
