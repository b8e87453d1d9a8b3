/// The number of points of a cloud, and a hash of their bits.
public struct PointsFingerprint: Sendable, Hashable {
  /// The number of points.
  package let count: Int
  /// The FNV-1a hash of the coordinates' bytes, which distinguishes clouds but withstands no forger.
  package let hash: UInt64

  /// A fingerprint that was recorded earlier.
  package init(count: Int, hash: UInt64) {
    self.count = count
    self.hash = hash
  }

  /// The fingerprint of these points, in their order.
  /// - Complexity: O(points).
  package init(_ cloud: PointCloud) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for point in cloud.points {
      for bits in [point.x.bitPattern, point.y.bitPattern] {
        for byte in 0..<8 {
          hash = (hash ^ (bits >> (8 * UInt64(byte)) & 0xff)) &* 0x100_0000_01b3
        }
      }
    }
    self.init(count: cloud.count, hash: hash)
  }

  /// The fingerprint of a mixture's numbers: one point for each weight and mean, two for each covariance.
  package init(_ mixture: GaussianMixture) {
    let numbers = mixture.components.flatMap { component in
      let c = component.covariance
      return [SIMD2(component.weight, 0), component.mean, SIMD2(c.xx, c.xy), SIMD2(c.xy, c.yy)]
    }
    self.init(PointCloud(numbers))
  }
}
