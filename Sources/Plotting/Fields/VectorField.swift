import PointClouds

/// A vector at every node of a square grid over a window of the plane: a score or a velocity.
public struct VectorField: Sendable, Hashable {
  /// The window that the grid covers.
  package let limits: Limits
  /// Nodes per side.
  package let size: Int
  /// Where the nodes lie.
  package let positions: [SIMD2<Double>]
  /// The vector at each.
  package let vectors: [SIMD2<Double>]

  /// The values of a function at the nodes, computed in one call: `{ denoiser.score($0, at: level) }`.
  /// - Parameter size: nodes per side; about 20 make a readable figure.
  public init(over limits: Limits, size: Int = 21, _ vectors: (PointCloud) -> PointCloud) {
    precondition(size > 0, "a field of \(size) nodes a side")
    (self.limits, self.size) = (limits, size)
    positions = ScalarField.centers(of: limits, size: size)
    self.vectors = vectors(PointCloud(positions)).points
    precondition(
      self.vectors.count == positions.count, "\(self.vectors.count) vectors for \(positions.count) nodes")
  }

  /// The 95th percentile of the lengths of the vectors; 0 if none is finite.
  package var typicalLength: Double {
    let lengths = vectors.map { ($0 * $0).sum().squareRoot() }.filter(\.isFinite).sorted()
    return lengths.isEmpty ? 0 : lengths[Int(Double(lengths.count - 1) * 0.95)]
  }
}
