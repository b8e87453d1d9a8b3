import RealModule

/// A line through data, with gaps at points that the axes cannot show.
package struct Curve {
  package var points: [SIMD2<Double>]
  package var stroke: Stroke

  package init(points: [SIMD2<Double>], stroke: Stroke) {
    (self.points, self.stroke) = (points, stroke)
  }

  /// The runs of points that the axes can show, in order.
  package func pieces(in plot: Plot) -> [[SIMD2<Double>]] {
    points.split { !plot.x.canShow($0.x) || !plot.y.canShow($0.y) }.map(Array.init)
  }

  /// The curve over the area between it and the x axis.
  package func area(in plot: Plot, _ fill: Color) -> [Drawing.Item] {
    pieces(in: plot).flatMap { piece -> [Drawing.Item] in
      let line = piece.map(plot.place)
      let foot = [SIMD2(line[line.count - 1].x, plot.frame.maxY), SIMD2(line[0].x, plot.frame.maxY)]
      return [.shape(Shape(outlines: [line + foot], closed: true, fill: fill)), .line(line, stroke)]
    }
  }
}

extension Axis {
  /// Whether a value has a place on the axis, inside its range or outside.
  package func canShow(_ value: Double) -> Bool {
    value.isFinite && (!isLogarithmic || value > 0)
  }

  /// The range of the positive values with some room: at least a factor of 3, and at most the given number of decades
  /// below the largest value. 0.1...1 if no value is positive.
  package static func logarithmicRange(of values: [Double], decades: Double) -> ClosedRange<Double> {
    let shown = values.filter { $0 > 1e-290 && $0 < 1e290 }
    guard let largest = shown.max(), let smallest = shown.min() else { return 0.1...1 }
    let least = max(smallest, largest * Double.pow(10, -decades))
    let room = Double.pow(max(largest / least, 3), 0.06)
    return largest / least < 3 ? largest / 3...largest * room : least / room...largest * room
  }
}

extension Sheet {
  /// Draws curves inside a plot over what is `below` them; those of at most 30 points with a dot at each.
  package mutating func addCurves(_ curves: [Curve], in plot: Plot, below: [Drawing.Item] = []) {
    // Renderers cannot take arbitrarily large numbers; far outside, the direction changes too little to be seen.
    func place(_ point: SIMD2<Double>) -> SIMD2<Double> {
      let place = plot.place(point)
      return SIMD2(place.x, min(max(place.y, plot.frame.y - 4000), plot.frame.maxY + 4000))
    }
    let lines = curves.flatMap { curve in
      curve.pieces(in: plot).map { piece in
        let places = piece.map(place)
        // A lone point is a line of no length, whose round ends show.
        return Drawing.Item.line(places.count == 1 ? places + places : places, curve.stroke)
      }
    }
    // A little room, so that lines along the edges show their full width.
    clip(plot.frame.grown(by: 2), below + lines)
    for curve in curves where curve.points.count <= 30 {
      let centers = curve.pieces(in: plot).joined().map(place).filter(plot.frame.grown(by: 1).contains)
      add(.dots(centers, radius: 1.5 * curve.stroke.width, curve.stroke.color))
    }
  }
}
