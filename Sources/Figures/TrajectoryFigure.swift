import Plotting
import PointClouds
import ReverseSampling

/// Paths of the reverse chain from noise to data, coloured by time, over the data.
package struct TrajectoryFigure: Figure {
  /// The chain.
  package var trajectory: Trajectory
  /// What the chain should arrive at, drawn faintly below; may be empty.
  package var data: PointCloud
  /// How many paths are drawn at most.
  package var paths: Int
  /// The window of the plane.
  package var limits: Limits
  /// The line above the panel.
  package var title: String

  /// The figure of a chain.
  /// - Parameters:
  ///   - trajectory: any number of particles and steps.
  ///   - data: a cloud to lay below the paths, which also sets the window where `limits` is `nil`.
  ///   - paths: how many particles to follow at most; fewer where their paths are long and jagged.
  package init(
    _ trajectory: Trajectory, data: PointCloud, paths: Int = 40, limits: Limits? = nil,
    title: String = "From noise to data"
  ) {
    precondition(paths > 0, "\(paths) paths")
    self.trajectory = trajectory
    self.data = data
    self.paths = paths
    self.limits = limits ?? Limits(of: data.count > 0 ? data : trajectory.samples)
    self.title = title
  }

  package func draw(theme: Theme) -> Drawing {
    var drawing = Drawing(width: 720, height: 540, background: theme.background)
    drawing.addTitle(title, theme: theme)
    let plot = Plot(square: Rect(x: 14, y: 50, width: 530, height: 476), limits: limits)
    drawing.items.append(
      .cloud(
        data, in: plot, theme: theme, color: theme.paper.mixed(with: theme.frame, share: 0.45),
        style: CloudStyle(count: data.count, side: plot.frame.width)))
    let chosen = chosenPaths()
    let steps = trajectory.count - 1
    let ramp = theme.time.colors(33)
    let starts = chosen.map { plot.place($0[0]) }
    let ends = chosen.map { plot.place($0[steps]) }
    var inside: [Drawing.Item] = []
    if steps > 0 {
      let colors = (0..<steps).map { k in
        let time = (trajectory.times[k] + trajectory.times[k + 1]) / 2
        // Counted backwards, so that the colour's place grows along the chain.
        return Int(((1 - time) * 32).rounded())
      }
      inside.append(
        .lines(
          LineLayer(
            paths: chosen.map { $0.map(plot.place) }, colors: ramp.reversed(), segmentColors: colors,
            width: 1.6)))
    }
    inside.append(.points(PointLayer(centers: starts, radius: 4.4, colors: [ramp[32]])))
    inside.append(.points(PointLayer(centers: starts, radius: 2.4, colors: [theme.paper])))
    inside.append(.points(PointLayer(centers: ends, radius: 5.6, colors: [theme.paper])))
    inside.append(.points(PointLayer(centers: ends, radius: 4.2, colors: [theme.accent])))
    drawing.items.append(.clip(plot.frame, inside))
    drawing.addAxes(plot, theme: theme)
    addKey(to: &drawing, beside: plot.frame, theme: theme)
    return drawing
  }

  /// How many paths are drawn: fewer than ``paths`` where they are long and jagged, as those of noisy samplers.
  package var drawnPaths: Int { chosenPaths().count }

  /// The first paths that stay in the window all the way, filled up with others where they are too few.
  ///
  /// Long and jagged paths, as of ancestral sampling, soon hide each other: there are fewer of them.
  func chosenPaths() -> [[SIMD2<Double>]] {
    // What has run far off, or to where there are no numbers, is no path that anybody could see.
    let nearby = Limits(center: limits.center, halfSide: 10 * limits.halfSide)
    var inner: [[SIMD2<Double>]] = []
    var outer: [[SIMD2<Double>]] = []
    for particle in 0..<trajectory.clouds[0].count where inner.count < paths {
      let path = trajectory.path(of: particle)
      if path.allSatisfy(limits.contains) {
        inner.append(path)
      } else if outer.count < paths, path.allSatisfy(nearby.contains) {
        outer.append(path)
      }
    }
    let chosen = Array((inner + outer).prefix(paths))
    let lengths = chosen.map { path in
      zip(path, path.dropFirst()).reduce(0) { sum, pair in
        let step = pair.1 - pair.0
        return sum + (step * step).sum().squareRoot()
      }
    }
    let total = lengths.reduce(0, +) / limits.halfSide
    guard total > Self.mostInk, total.isFinite else { return chosen }
    return Array(chosen.prefix(max(5, Int(Double(chosen.count) * Self.mostInk / total))))
  }

  /// The length of all paths together that still can be told apart, in half sides of the window.
  private static let mostInk = 55.0

  private func addKey(to drawing: inout Drawing, beside frame: Rect, theme: Theme) {
    let x = frame.maxX + 24
    let size = TextSize.small
    drawing.items.append(
      .points(PointLayer(centers: [SIMD2(x + 8, frame.y + 10)], radius: 5.4, colors: [theme.time.color(1)])))
    drawing.items.append(
      .points(PointLayer(centers: [SIMD2(x + 8, frame.y + 10)], radius: 3, colors: [theme.paper])))
    drawing.add(Label("start: noise", at: SIMD2(x + 24, frame.y + 16), size: size, color: theme.ink))
    drawing.items.append(
      .points(PointLayer(centers: [SIMD2(x + 8, frame.y + 38)], radius: 5.4, colors: [theme.accent])))
    drawing.add(Label("end: sample", at: SIMD2(x + 24, frame.y + 44), size: size, color: theme.ink))
    let bar = Rect(x: x, y: frame.y + 104, width: 18, height: frame.height - 104)
    drawing.add(Label("time t", at: SIMD2(x, bar.y - 16), size: TextSize.medium, color: theme.ink))
    drawing.addColorBar(
      ColorBar(
        ramp: theme.time, axis: Axis(linear: 0...1, length: bar.height, textSize: size, horizontal: false)),
      frame: bar, theme: theme)
  }
}
