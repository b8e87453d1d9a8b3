import PointClouds

/// The size and opacity of a cloud's dots: few dots are separate, many merge into a tone.
package struct CloudStyle {
  /// The radius in points.
  package let radius: Double
  /// The opacity of each dot.
  package let alpha: Double

  /// The style of `count` dots in a square panel of this side.
  ///
  /// Dots shrink with the room that each has, down to the smallest that a projector shows. From there on they become
  /// translucent, so that the panel stays about equally dark.
  package init(count: Int, side: Double) {
    let room = side / Double(max(count, 1)).squareRoot()  // each dot's own square
    let wanted = 0.23 * room
    let (least, most) = (max(0.9, side * 0.0026), max(2, side * 0.0085))
    radius = min(max(wanted, least), most)
    let crowding = radius / max(wanted, 1e-9)  // above 1 where dots are larger than they should be
    alpha = min(max(0.78 / max(1, crowding.squareRoot()), 0.3), 0.85)
  }
}

extension Sheet {
  /// Draws a cloud in a panel, its parts in the theme's categories; points outside the panel are left out.
  package mutating func addCloud(
    _ cloud: PointCloud, in plot: Plot, color: Color? = nil, style: CloudStyle? = nil
  ) {
    let style = style ?? CloudStyle(count: cloud.count, side: plot.frame.width)
    let visible = plot.frame.grown(by: style.radius)
    var centers: [SIMD2<Double>] = []
    var indices: [UInt8] = []
    centers.reserveCapacity(cloud.count)
    let categories = theme.categories.count
    for i in 0..<cloud.count {
      let place = plot.place(cloud[i])
      guard visible.contains(place) else { continue }
      centers.append(place)
      if let labels = cloud.labels {
        indices.append(UInt8((labels[i] % categories + categories) % categories))
      }
    }
    let colored = cloud.labels != nil && color == nil
    let colors = colored ? theme.categories : [color ?? theme.cloud]
    clip(
      plot.frame,
      [
        .points(
          PointLayer(
            centers: centers, radius: style.radius, colors: colors.map { $0.opacity(style.alpha) },
            indices: colored ? indices : nil))
      ])
  }
}
