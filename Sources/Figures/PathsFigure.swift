import Plotting
import PointClouds
import ReverseSampling

/// The paths of the same particles under different samplers, side by side under one window.
package struct PathsFigure: Figure {
  /// One sampler's chain.
  package struct Panel: Sendable {
    /// The line over the panel.
    package var title: String
    /// The chain; its particles are those of every other panel.
    package var trajectory: Trajectory

    /// A panel of a chain.
    package init(_ title: String, _ trajectory: Trajectory) {
      self.title = title
      self.trajectory = trajectory
    }
  }

  /// The chains, left to right.
  package var panels: [Panel]
  /// What the chains should arrive at, drawn faintly below; may be empty.
  package var data: PointCloud
  /// How many particles are followed.
  package var paths: Int
  /// The window of the plane.
  package var limits: Limits
  /// The line above the panels.
  package var title: String

  /// The figure of 1 to 12 chains of the same particles.
  /// - Precondition: all chains have equally many particles.
  package init(_ panels: [Panel], data: PointCloud, paths: Int = 12, limits: Limits? = nil, title: String) {
    precondition((1...12).contains(panels.count), "\(panels.count) chains side by side")
    let counts = Set(panels.map { $0.trajectory.samples.count })
    precondition(counts.count == 1, "chains of different numbers of particles: \(counts.sorted())")
    precondition(paths > 0, "\(paths) paths")
    self.panels = panels
    self.data = data
    self.paths = paths
    self.limits = limits ?? Limits(of: data.count > 0 ? data : panels[0].trajectory.samples)
    self.title = title
  }

  package func draw(theme: Theme) -> Drawing {
    let rows = (panels.count + 3) / 4
    let columns = (panels.count + rows - 1) / rows
    let (width, edge, gap, header, top) = (960.0, 18.0, 14.0, 30.0, 48.0)
    let side = min((width - 2 * edge - gap * Double(columns - 1)) / Double(columns), 440)
    let height = top + Double(rows) * (header + side + 8) + 40
    var drawing = Drawing(width: width, height: height, background: theme.background)
    drawing.addTitle(title, theme: theme)
    let used = side * Double(columns) + gap * Double(columns - 1)
    let chosen = chosenParticles()
    for (i, panel) in panels.enumerated() {
      let x = (width - used) / 2 + Double(i % columns) * (side + gap)
      let y = top + Double(i / columns) * (header + side + 8) + header
      let plot = Plot(frame: Rect(x: x, y: y, width: side, height: side), limits: limits)
      drawing.items.append(
        .cloud(
          data, in: plot, theme: theme, color: theme.paper.mixed(with: theme.frame, share: 0.45),
          style: CloudStyle(count: data.count, side: side)))
      drawing.items.append(
        .clip(plot.frame, paths(of: panel.trajectory, particles: chosen, in: plot, theme: theme)))
      drawing.addFrame(plot.frame, theme: theme)
      drawing.add(
        Label(
          TextMetrics.fitted(panel.title, size: TextSize.medium, width: side + gap - 4),
          at: SIMD2(x + side / 2, y - header + 20), size: TextSize.medium, color: theme.ink,
          alignment: .middle))
    }
    drawing.addLegend(
      [
        LegendEntry(text: "noise", stroke: Stroke(theme.time.color(1), width: 4)),
        LegendEntry(text: "data", stroke: Stroke(theme.time.color(0), width: 4)),
      ], y: height - 12, theme: theme)
    return drawing
  }

  /// The first particles that stay in the window in every panel, filled up with others where they are too few.
  private func chosenParticles() -> [Int] {
    let count = panels[0].trajectory.samples.count
    let inside = (0..<count).filter { particle in
      panels.allSatisfy { $0.trajectory.path(of: particle).dropFirst().allSatisfy(limits.contains) }
    }
    let others = (0..<count).filter { !inside.contains($0) }
    return Array((inside + others).prefix(paths))
  }

  private func paths(
    of trajectory: Trajectory, particles: [Int], in plot: Plot, theme: Theme
  ) -> [Drawing.Item] {
    let steps = trajectory.count - 1
    let ramp = theme.time.colors(33)
    let nearby = Limits(center: limits.center, halfSide: 10 * limits.halfSide)
    let lines = particles.map { trajectory.path(of: $0) }.filter { $0.allSatisfy(nearby.contains) }
    var items: [Drawing.Item] = []
    if steps > 0 {
      // By their place in the chain: samplers may step in σ or in time, and panels should compare.
      let colors = (0..<steps).map { Int((Double($0) + 0.5) / Double(steps) * 32) }
      items.append(
        .lines(
          LineLayer(
            paths: lines.map { $0.map(plot.place) }, colors: ramp.reversed(), segmentColors: colors,
            width: 1.8)))
    }
    let starts = lines.map { plot.place($0[0]) }
    let ends = lines.map { plot.place($0[$0.count - 1]) }
    items.append(.points(PointLayer(centers: starts, radius: 3.6, colors: [ramp[32]])))
    items.append(.points(PointLayer(centers: ends, radius: 4.6, colors: [theme.paper])))
    items.append(.points(PointLayer(centers: ends, radius: 3.4, colors: [theme.accent])))
    return items
  }
}
