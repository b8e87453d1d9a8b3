/// The noise of whole clouds, eight particles at a time: the same bits as ``NoiseSource/normal(particle:lane:)``,
/// but faster.
extension NoiseSource {
  /// A cloud of `count` independent standard normal points; point i is the draw of particle i.
  public func normalCloud(count: Int, lane: Int = 0) -> PointCloud {
    var cloud = PointCloud(zeros: count)
    forEachNormal(count, lane: lane) { cloud.points[$0] = $1 }
    return cloud
  }

  /// Calls `body` with each particle in 0..<`count` and its pair of normals.
  @inline(__always)
  func forEachNormal(_ count: Int, lane: Int, _ body: (Int, SIMD2<Double>) -> Void) {
    guard let (key, start) = philox(particle: 0, lane: lane) else {
      for particle in 0..<count { body(particle, normal(particle: particle, lane: lane)) }
      return
    }
    for first in stride(from: 0, to: count, by: PhiloxBlocks.lanes) {
      var counter = start
      counter.x = UInt32(truncatingIfNeeded: first)
      let (x, y) = PhiloxBlocks(key: key, counter: counter).normals
      for i in 0..<min(PhiloxBlocks.lanes, count - first) { body(first + i, SIMD2(x[i], y[i])) }
    }
  }
}

extension PointCloud {
  /// Adds Gaussian noise to every point: x ← x + standardDeviation · ζ, where ζ for point i is the draw of particle i.
  public mutating func add(_ noise: NoiseSource, standardDeviation: Double) {
    guard standardDeviation != 0 else { return }
    points.withUnsafeMutableBufferPointer { points in
      noise.forEachNormal(points.count, lane: 0) { points[$0] += standardDeviation * $1 }
    }
  }
}
