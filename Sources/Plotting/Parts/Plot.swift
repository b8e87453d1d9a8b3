import PointClouds

/// A rectangle of the page with an axis each way: where data become places on the page.
package struct Plot: Sendable, Hashable {
  /// Where it lies on the page.
  package let frame: Rect
  /// The axis from left to right.
  package let x: Axis
  /// The axis from bottom to top.
  package let y: Axis

  /// A plot with these axes.
  package init(frame: Rect, x: Axis, y: Axis) {
    self.frame = frame
    self.x = x
    self.y = y
  }

  /// A square panel of the plane: one unit is equally long both ways.
  package init(frame: Rect, limits: Limits) {
    precondition(
      abs(frame.width - frame.height) < 1e-6, "a panel of \(frame.width) × \(frame.height) is no square")
    self.frame = frame
    x = Axis(linear: limits.x, length: frame.width, textSize: TextSize.small, horizontal: true)
    // As if its labels stood side by side, too: both axes then have the same steps.
    y = Axis(linear: limits.y, length: frame.height, textSize: TextSize.small, horizontal: true)
  }

  /// The place on the page of a point of the data.
  package func place(_ point: SIMD2<Double>) -> SIMD2<Double> {
    SIMD2(frame.x + x.share(point.x) * frame.width, frame.maxY - y.share(point.y) * frame.height)
  }

  /// Points of the page per unit of the data, along each axis; equal in a square panel.
  package var unit: SIMD2<Double> {
    SIMD2(
      frame.width / (x.range.upperBound - x.range.lowerBound),
      frame.height / (y.range.upperBound - y.range.lowerBound))
  }
}

extension Drawing {
  /// Draws a plot's frame with ticks, their labels, names of the axes and, if wanted, a grid.
  /// - Parameter xLabels: whether the x axis has labels; a plot above another of the same axis needs none.
  package mutating func addAxes(
    _ plot: Plot, theme: Theme, grid: Bool = false, xLabels: Bool = true, xName: String? = nil,
    yName: String? = nil
  ) {
    let frame = plot.frame
    if grid {
      let across = plot.y.ticks.map { tick in
        let y = frame.maxY - plot.y.share(tick.value) * frame.height
        return [SIMD2(frame.x, y), SIMD2(frame.maxX, y)]
      }
      let upright = plot.x.ticks.map { tick in
        let x = frame.x + plot.x.share(tick.value) * frame.width
        return [SIMD2(x, frame.y), SIMD2(x, frame.maxY)]
      }
      add(Shape(outlines: across + upright, closed: false, stroke: Stroke(theme.grid, width: 1)))
    }
    var marks: [[SIMD2<Double>]] = []
    for tick in plot.x.ticks {
      let x = frame.x + plot.x.share(tick.value) * frame.width
      marks.append([SIMD2(x, frame.maxY), SIMD2(x, frame.maxY + 5)])
      guard xLabels else { continue }
      add(
        Label(
          tick.label, at: SIMD2(x, frame.maxY + 13 + TextMetrics.capHeight * TextSize.small),
          size: TextSize.small, color: theme.muted, alignment: .middle))
    }
    for tick in plot.y.ticks {
      let y = frame.maxY - plot.y.share(tick.value) * frame.height
      marks.append([SIMD2(frame.x - 5, y), SIMD2(frame.x, y)])
      add(
        Label(
          tick.label, at: SIMD2(frame.x - 9, y + TextMetrics.capHeight * TextSize.small / 2),
          size: TextSize.small, color: theme.muted, alignment: .end))
    }
    add(Shape(outlines: marks, closed: false, stroke: Stroke(theme.frame, width: 1.5)))
    addFrame(frame, theme: theme)
    if let xName {
      add(
        Label(
          xName, at: SIMD2(frame.center.x, frame.maxY + 56 - TextMetrics.descent * TextSize.medium),
          size: TextSize.medium, color: theme.ink, alignment: .middle))
    }
    if let yName {
      let x = frame.x - 9 - plot.y.labelWidth(TextSize.small) - 10 - TextMetrics.descent * TextSize.medium
      add(
        Label(
          yName, at: SIMD2(x, frame.center.y), size: TextSize.medium, color: theme.ink, alignment: .middle,
          turned: true))
    }
  }

  /// Draws a plain frame.
  package mutating func addFrame(_ frame: Rect, theme: Theme) {
    add(Shape.rect(frame, stroke: Stroke(theme.frame, width: 1.5)))
  }

  /// Draws the figure's title over the top edge, cut where it is wider than the page.
  package mutating func addTitle(_ title: String, theme: Theme) {
    let text = TextMetrics.fitted(title, size: TextSize.large, bold: true, width: width - 32)
    add(
      Label(
        text, at: SIMD2(width / 2, 34), size: TextSize.large, color: theme.ink, alignment: .middle, bold: true
      ))
  }
}
