extension Sheet {
  /// The width of a colour bar of this height with its labels, and its gap to the panel.
  package static func colorBarWidth(to top: Double, height: Double, gap: Double) -> Double {
    gap + 18 + 9 + Axis(linear: 0...top, length: height).labelWidth
  }

  /// Draws the scale of a ramp beside a panel: an upright bar with its values on its right.
  /// - Parameters:
  ///   - top: the value of the ramp's last colour; the first is 0.
  ///   - gap: from the panel to the bar.
  ///   - below: how far the bar starts below the panel's upper edge.
  package mutating func addColorBar(
    _ ramp: Ramp, to top: Double, name: String? = nil, beside panel: Rect, gap: Double = Sheet.keyGap,
    below: Double = 0
  ) {
    let frame = Rect(x: panel.maxX + gap, y: panel.y + below, width: 18, height: panel.height - below)
    let axis = Axis(linear: 0...top, length: frame.height)
    if let name { write(name, at: SIMD2(frame.x, frame.y - 16), size: TextSize.medium) }
    let rows = 128
    let pixels = ramp.colors(rows).reversed().flatMap { [$0.red, $0.green, $0.blue] }
    add(.raster(Raster(columns: 1, rows: rows, pixels: pixels, frame: frame)))
    addFrame(frame)
    var marks: [[SIMD2<Double>]] = []
    for tick in axis.ticks {
      let y = frame.maxY - axis.share(tick.value) * frame.height
      marks.append([SIMD2(frame.maxX, y), SIMD2(frame.maxX + 5, y)])
      write(tick.label, at: SIMD2(frame.maxX + 9, Self.baseline(y)), color: theme.muted)
    }
    add(.shape(Shape(outlines: marks, closed: false, stroke: Stroke(theme.frame, width: 1.5))))
  }
}
