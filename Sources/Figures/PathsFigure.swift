import Plotting
import PointClouds
import ReverseSampling

/// The paths of the same particles under different samplers, side by side under one window.
public struct PathsFigure: Figure {
  /// One sampler's chain.
  public struct Panel: Sendable {
    /// The title over the panel.
    package var title: String
    /// The chain; all panels have the same particles.
    package var trajectory: Trajectory

    /// A panel of a chain.
    public init(_ title: String, _ trajectory: Trajectory) {
      (self.title, self.trajectory) = (title, trajectory)
    }
  }

  /// The chains, left to right.
  package var panels: [Panel]
  /// The target of the chains, drawn faintly below them; may be empty.
  package var data: PointCloud
  /// How many particles are followed.
  package var paths: Int
  /// The window of the plane.
  package var limits: Limits
  /// The title above the panels.
  package var title: String

  /// The figure of 1 to 12 chains of the same particles.
  /// - Precondition: all chains have equally many particles.
  public init(_ panels: [Panel], data: PointCloud, paths: Int = 12, limits: Limits? = nil, title: String) {
    precondition((1...12).contains(panels.count), "\(panels.count) chains side by side")
    let counts = Set(panels.map { $0.trajectory.samples.count })
    precondition(counts.count == 1, "chains of different numbers of particles: \(counts.sorted())")
    precondition(paths > 0, "\(paths) paths")
    (self.panels, self.data, self.paths) = (panels, data, paths)
    self.limits = limits ?? Limits(of: data.count > 0 ? data : panels[0].trajectory.samples)
    self.title = title
  }

  public func draw(on page: Page) -> Drawing {
    var spacing = PanelGrid.Spacing()
    spacing.least = 200
    spacing.bottom = 40
    let chosen = chosenParticles()
    let nearby = Limits(center: limits.center, halfSide: 10 * limits.halfSide)
    let grid = PanelGrid(panels.count, spacing: spacing, on: page)
    return grid.draw(title: title) { sheet in
      let time = sheet.theme.time
      for (panel, frame) in zip(panels, grid.frames) {
        // Coloured by step, not by time: samplers place their steps differently, and panels should be comparable.
        let steps = panel.trajectory.count - 1
        sheet.addPaths(
          chosen.map { panel.trajectory.path(of: $0) }.filter { $0.allSatisfy(nearby.contains) },
          shades: (0..<steps).map { Int((Double($0) + 0.5) / Double(steps) * Double(Sheet.shades - 1)) },
          width: 1.8, starts: [(3.6, time.color(1))], ends: (dot: 3.4, rim: 4.6), over: data,
          in: Plot(frame: frame, limits: limits))
        sheet.addFrame(frame)
        sheet.addPanelTitle(panel.title, over: frame, spacing)
      }
      sheet.addLegend(
        [
          LegendEntry("noise", Stroke(time.color(1), width: 4)),
          LegendEntry("data", Stroke(time.color(0), width: 4)),
        ], y: sheet.height - 12)
    }
  }

  /// The first particles that stay in the window in every panel, followed by others if these are too few.
  private func chosenParticles() -> [Int] {
    let count = panels[0].trajectory.samples.count
    let inside = (0..<count).filter { particle in
      panels.allSatisfy { $0.trajectory.path(of: particle).dropFirst().allSatisfy(limits.contains) }
    }
    let others = (0..<count).filter { !inside.contains($0) }
    return Array((inside + others).prefix(paths))
  }
}
