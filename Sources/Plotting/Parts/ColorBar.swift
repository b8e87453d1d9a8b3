/// What the colours of a ramp stand for: an upright bar with an axis on its right.
package struct ColorBar {
  /// The colours, lowest value first.
  package var ramp: Ramp
  /// The values.
  package var axis: Axis

  package init(ramp: Ramp, axis: Axis) {
    self.ramp = ramp
    self.axis = axis
  }
}

extension Drawing {
  /// Draws a colour bar with its tick labels to the right of `frame`.
  package mutating func addColorBar(_ bar: ColorBar, frame: Rect, theme: Theme) {
    let rows = 128
    let pixels = bar.ramp.colors(rows).reversed().flatMap { [$0.red, $0.green, $0.blue] }
    items.append(.raster(Raster(columns: 1, rows: rows, pixels: pixels, frame: frame)))
    addFrame(frame, theme: theme)
    var marks: [[SIMD2<Double>]] = []
    for tick in bar.axis.ticks {
      let y = frame.maxY - bar.axis.share(tick.value) * frame.height
      marks.append([SIMD2(frame.maxX, y), SIMD2(frame.maxX + 5, y)])
      add(
        Label(
          tick.label, at: SIMD2(frame.maxX + 9, y + TextMetrics.capHeight * TextSize.small / 2),
          size: TextSize.small, color: theme.muted))
    }
    add(Shape(outlines: marks, closed: false, stroke: Stroke(theme.frame, width: 1.5)))
  }
}
