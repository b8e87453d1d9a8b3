import PointClouds

extension Trajectory {
  /// The chain with every cloud changed by `transform`: into other units, say.
  package func map(_ transform: (PointCloud) -> PointCloud) -> Trajectory {
    var result = Trajectory(start: transform(clouds[0]), level: levels[0], time: times[0])
    for i in clouds.indices.dropFirst() {
      result.append(transform(clouds[i]), level: levels[i], time: times[i])
    }
    return result
  }
}
