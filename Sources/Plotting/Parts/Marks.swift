import PointClouds

extension Drawing.Item {
  /// Round dots of one size and colour.
  package static func dots(_ centers: [SIMD2<Double>], radius: Double, _ color: Color) -> Drawing.Item {
    .points(PointLayer(centers: centers, radius: radius, colors: [color]))
  }

  /// A solid line through places on the page.
  package static func line(_ places: [SIMD2<Double>], _ stroke: Stroke) -> Drawing.Item {
    .shape(Shape(outlines: [places], closed: false, stroke: stroke))
  }

  /// A rectangle.
  package static func rect(_ rect: Rect, fill: Color? = nil, stroke: Stroke? = nil) -> Drawing.Item {
    .shape(Shape(outlines: [rect.corners], closed: true, fill: fill, stroke: stroke))
  }

  /// A line from the bottom of a plot to its top at a value of the x axis.
  package static func upright(_ value: Double, in plot: Plot, _ stroke: Stroke) -> Drawing.Item {
    let x = plot.place(SIMD2(value, plot.y.range.lowerBound)).x
    return .line([SIMD2(x, plot.frame.y), SIMD2(x, plot.frame.maxY)], stroke)
  }

  /// A line from the left of a plot to its right at a value of the y axis.
  package static func level(_ value: Double, in plot: Plot, _ stroke: Stroke) -> Drawing.Item {
    let y = plot.place(SIMD2(plot.x.range.lowerBound, value)).y
    return .line([SIMD2(plot.frame.x, y), SIMD2(plot.frame.maxX, y)], stroke)
  }

  /// A bar from one value of the x axis to another, its middle at a height of the page.
  package static func bar(
    _ range: ClosedRange<Double>, at middle: Double, thickness: Double, in plot: Plot, _ color: Color
  ) -> Drawing.Item {
    let low = plot.y.range.lowerBound
    let (from, to) = (plot.place(SIMD2(range.lowerBound, low)).x, plot.place(SIMD2(range.upperBound, low)).x)
    return .rect(Rect(x: from, y: middle - thickness / 2, width: to - from, height: thickness), fill: color)
  }

  /// An arrowhead with its tip at a place; it points to the right if `length` is positive, otherwise to the left.
  package static func head(
    at tip: SIMD2<Double>, length: Double, half: Double, _ color: Color
  ) -> Drawing.Item {
    .shape(
      Shape(
        outlines: [[tip, tip + SIMD2(-length, -half), tip + SIMD2(-length, half)]], closed: true,
        fill: color))
  }
}

/// The size and colour of a round mark.
package typealias Dot = (radius: Double, color: Color)

extension Sheet {
  /// Draws paths from noise to data over a faint cloud, coloured by time, with dots at their ends.
  /// - Parameters:
  ///   - paths: in units of the data, all with equally many points.
  ///   - shades: the colour of each step, from 0 (noise) to ``shades`` − 1 (data).
  ///   - starts: the dots at the noise, first ones lowest.
  ///   - ends: the radius of the dot at the data, and of the rim of paper around it.
  package mutating func addPaths(
    _ paths: [[SIMD2<Double>]], shades: [Int], width: Double, starts: [Dot], ends: (dot: Double, rim: Double),
    over cloud: PointCloud, in plot: Plot
  ) {
    addCloud(cloud, in: plot, color: theme.paper.mixed(with: theme.frame, share: 0.45))
    let places = paths.map { $0.map(plot.place) }
    var inside: [Drawing.Item] = []
    if !shades.isEmpty {
      let colors = Array(theme.time.colors(Self.shades).reversed())
      inside.append(
        .lines(LineLayer(paths: places, colors: colors, segmentColors: shades, width: width)))
    }
    inside += starts.map { .dots(places.map { $0[0] }, radius: $0.radius, $0.color) }
    inside += [(ends.rim, theme.paper), (ends.dot, theme.accent)].map { radius, color in
      .dots(places.map { $0[$0.count - 1] }, radius: radius, color)
    }
    clip(plot.frame, inside)
  }

  /// The number of colours from noise to data.
  package static let shades = 33
}
