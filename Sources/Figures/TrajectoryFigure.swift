import Plotting
import PointClouds
import ReverseSampling

/// Paths of the reverse chain from noise to data, coloured by time, over the data.
public struct TrajectoryFigure: Figure {
  /// The chain.
  package var trajectory: Trajectory
  /// The target of the chain, drawn faintly below it; may be empty.
  package var data: PointCloud
  /// The largest number of paths to draw; long and jagged paths are fewer.
  package var paths: Int
  /// The window of the plane.
  package var limits: Limits
  /// The title above the panel.
  package var title: String

  /// The figure of a chain. If `limits` is `nil`, the window is that of the data, or of the samples if there are none.
  public init(
    _ trajectory: Trajectory, data: PointCloud, paths: Int = 40, limits: Limits? = nil,
    title: String = "From noise to data"
  ) {
    precondition(paths > 0, "\(paths) paths")
    (self.trajectory, self.data, self.paths) = (trajectory, data, paths)
    self.limits = limits ?? Limits(of: data.count > 0 ? data : trajectory.samples)
    self.title = title
  }

  public func draw(on page: Page) -> Drawing {
    page.draw(.standard, least: Page.Size(470, 300), title: title) { sheet in
      let theme = sheet.theme
      let plot = sheet.panel(limits, right: 176)
      let shades = (0..<trajectory.count - 1).map { k in
        let time = (trajectory.times[k] + trajectory.times[k + 1]) / 2
        return Int(((1 - time) * Double(Sheet.shades - 1)).rounded())
      }
      func start(_ radius: Double, _ hole: Double) -> [Dot] {
        [(radius, theme.time.color(1)), (hole, theme.paper)]
      }
      sheet.addPaths(
        chosenPaths(), shades: shades, width: 1.6, starts: start(4.4, 2.4), ends: (dot: 4.2, rim: 5.6),
        over: data, in: plot)
      sheet.addAxes(plot)
      sheet.addKey(start(5.4, 3), "start: noise", line: 0, beside: plot.frame)
      sheet.addKey([(5.4, theme.accent)], "end: sample", line: 1, beside: plot.frame)
      sheet.addColorBar(theme.time, to: 1, name: "time t", beside: plot.frame, below: 104)
    }
  }

  /// The number of paths drawn: fewer than ``paths`` if they are long and jagged, as those of noisy samplers.
  package var drawnPaths: Int { chosenPaths().count }

  /// The first paths that stay in the window, followed by others if these are too few.
  ///
  /// Long and jagged paths, such as those of ancestral sampling, hide each other, so fewer of them are drawn.
  func chosenPaths() -> [[SIMD2<Double>]] {
    // A path that runs far off, or whose points are not finite, would not be visible.
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

  /// The largest total length of legible paths, in half sides of the window.
  private static let mostInk = 55.0
}
