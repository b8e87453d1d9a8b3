import PointClouds
import RealModule

/// The exact density of a finite point set under reflected diffusion: p_σ = 1/n Σ K_σ(x | x⁽ⁱ⁾), with K_σ the product
/// over coordinates.  Equations (7.27)
///
/// Like ``PointSetOracle`` it explains memorisation and gives the noisy density of any set. A network should not
/// become equal to it.
package struct ReflectedPointSet: ReflectedScore {
  /// The points, in the unit box.
  package let data: PointCloud

  /// - Precondition: there is at least one, and all lie in the unit box.
  package init(_ data: PointCloud) {
    precondition(data.count > 0, "a point set has at least one point")
    precondition(DataBox.unit.shareOutside(data) == 0, "a point outside the unit box")
    self.data = data
  }

  /// log p_σ(x) in nats at a point of the unit box.
  /// - Complexity: O(points of the set).
  package func logDensity(_ x: SIMD2<Double>, sigma: Double) -> Double {
    sum(x, ReflectedKernel(sigma: sigma)).log
  }

  /// - Complexity: O(points × points of the set).
  package func score(_ x: PointCloud, sigma: Double, into score: inout PointCloud) {
    let kernel = ReflectedKernel(sigma: sigma)
    for i in 0..<x.count { score[i] = sum(x[i], kernel).score }
  }

  private func sum(_ x: SIMD2<Double>, _ kernel: ReflectedKernel) -> KernelSum {
    var sum = KernelSum()
    for point in data.points {
      sum.add(
        kernel.scaled(x.x, given: point.x), kernel.scaled(x.y, given: point.y),
        weight: 1 / Double(data.count))
    }
    return sum
  }

  /// p_σ at every crossing of columns and rows, row by row.
  /// - Complexity: O(points of the set × (columns + rows)) kernels, since the coordinates' kernels multiply, and one
  ///   multiplication per crossing and point of the set.
  package func density(columns: [Double], rows: [Double], sigma: Double) -> [Double] {
    let kernel = ReflectedKernel(sigma: sigma)
    let across = columns.map { x in data.points.map { kernel.density(x, given: $0.x) } }
    let upright = rows.map { y in data.points.map { kernel.density(y, given: $0.y) } }
    return upright.flatMap { row in
      across.map { column in
        var sum = 0.0
        for i in 0..<row.count { sum += row[i] * column[i] }
        return sum / Double(row.count)
      }
    }
  }
}
