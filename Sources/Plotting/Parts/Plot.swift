import PointClouds

/// A rectangle of the page with two axes, which maps data to places on the page.
package struct Plot: Sendable, Hashable {
  /// Where it lies on the page.
  package let frame: Rect
  /// The axes from left to right and from bottom to top.
  package let x, y: Axis

  /// A plot with these axes.
  package init(frame: Rect, x: Axis, y: Axis) {
    (self.frame, self.x, self.y) = (frame, x, y)
  }

  /// A square panel of the plane: one unit is equally long both ways.
  package init(frame: Rect, limits: Limits) {
    precondition(
      abs(frame.width - frame.height) < 1e-6, "a panel of \(frame.width) × \(frame.height) is no square")
    self.frame = frame
    x = Axis(linear: limits.x, length: frame.width, horizontal: true)
    // Treated as horizontal, so that both axes have the same steps.
    y = Axis(linear: limits.y, length: frame.height, horizontal: true)
  }

  /// The largest square panel that fits into an area together with its tick labels, centred.
  package init(square area: Rect, limits: Limits) {
    let below = Plot.labelGap.below + TextMetrics.capHeight * TextSize.small + 2
    var side = min(area.width, area.height - below)
    var (left, right) = (0.0, 0.0)
    // The width of the labels depends on the ticks, and these on the side; two rounds settle it.
    for _ in 0..<3 {
      let trial = Plot(frame: Rect(x: 0, y: 0, width: side, height: side), limits: limits)
      left = Plot.labelGap.left + trial.y.labelWidth
      // The last label below may reach 10 points into the page's margin.
      right = max(0, trial.x.overhang(side) - 10)
      side = min(area.width - left - right, area.height - below)
    }
    let x = area.x + (area.width - left - right - side) / 2 + left
    self.init(frame: Rect(x: x, y: area.y, width: side, height: side), limits: limits)
  }

  /// From the frame to the tick labels left of it and below it.
  package static let labelGap = (left: 9.0, below: 13.0)

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

extension Sheet {
  /// The largest square panel below the title with its tick labels.
  /// - Parameters:
  ///   - above: what else has its place above the panel.
  ///   - right: what has its place right of the area in which the panel is centred.
  ///   - key: what the key beside the panel needs where the panel fills that area.
  package func panel(_ limits: Limits, above: Double = 0, right: Double, key: Double = 0) -> Plot {
    let (margin, top) = (14.0, Sheet.titleBand + above)
    func plot(_ right: Double) -> Plot {
      Plot(
        square: Rect(x: margin, y: top, width: width - margin - right, height: height - margin - top),
        limits: limits)
    }
    let centred = plot(right)
    return centred.frame.maxX + key <= width ? centred : plot(key)
  }

  /// Draws a plot's frame with ticks, their labels, names of the axes and, if wanted, a grid.
  /// - Parameter xLabels: whether the x axis has labels; not needed above another plot with the same axis.
  package mutating func addAxes(
    _ plot: Plot, grid: Bool = false, xLabels: Bool = true, xName: String? = nil, yName: String? = nil
  ) {
    let frame = plot.frame
    func right(_ tick: Axis.Tick) -> Double { frame.x + plot.x.share(tick.value) * frame.width }
    func up(_ tick: Axis.Tick) -> Double { frame.maxY - plot.y.share(tick.value) * frame.height }
    if grid {
      let across = plot.y.ticks.map { [SIMD2(frame.x, up($0)), SIMD2(frame.maxX, up($0))] }
      let upright = plot.x.ticks.map { [SIMD2(right($0), frame.y), SIMD2(right($0), frame.maxY)] }
      add(.shape(Shape(outlines: across + upright, closed: false, stroke: Stroke(theme.grid, width: 1))))
    }
    var marks: [[SIMD2<Double>]] = []
    for tick in plot.x.ticks {
      let x = right(tick)
      marks.append([SIMD2(x, frame.maxY), SIMD2(x, frame.maxY + 5)])
      guard xLabels else { continue }
      write(
        tick.label,
        at: SIMD2(x, frame.maxY + Plot.labelGap.below + TextMetrics.capHeight * TextSize.small),
        color: theme.muted, .middle)
    }
    for tick in plot.y.ticks {
      let y = up(tick)
      marks.append([SIMD2(frame.x - 5, y), SIMD2(frame.x, y)])
      write(
        tick.label, at: SIMD2(frame.x - Plot.labelGap.left, Self.baseline(y)), color: theme.muted, .end)
    }
    add(.shape(Shape(outlines: marks, closed: false, stroke: Stroke(theme.frame, width: 1.5))))
    addFrame(frame)
    let descent = TextMetrics.descent * TextSize.medium
    if let xName {
      write(
        xName, at: SIMD2(frame.center.x, frame.maxY + 56 - descent), size: TextSize.medium, .middle)
    }
    if let yName {
      let x = frame.x - Plot.labelGap.left - plot.y.labelWidth - 10 - descent
      write(yName, at: SIMD2(x, frame.center.y), size: TextSize.medium, .middle, turned: true)
    }
  }
}
