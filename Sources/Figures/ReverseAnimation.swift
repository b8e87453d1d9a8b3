import Plotting
import PointClouds
import ReverseSampling

/// A reverse chain as an animation: noise becomes data.
package struct ReverseAnimation: Sendable {
  /// The chain.
  package var trajectory: Trajectory
  /// How many frames; the recorded cloud nearest to each is shown.
  package var frames: Int
  /// How many particles are shown.
  package var points: Int
  /// The window of the plane, the same in every frame.
  package var limits: Limits
  /// The line above the panel.
  package var title: String

  /// The animation of a chain.
  /// - Parameters:
  ///   - frames: at least 1; more than the chain has clouds repeats some, fewer leaves some out.
  ///   - points: the first of the particles; all where there are fewer.
  ///   - limits: the window; take the data's.
  package init(
    _ trajectory: Trajectory, frames: Int = 60, points: Int = 2000, limits: Limits,
    title: String = "From noise to data"
  ) {
    precondition(frames >= 1 && points >= 1, "\(frames) frames of \(points) points")
    self.trajectory = trajectory
    self.frames = frames
    self.points = points
    self.limits = limits
    self.title = title
  }

  /// The frames in the colours of a theme, the last one held.
  ///
  /// Always on the theme's paper: a GIF knows no translucent pixels, so edges need a page to fade into.
  package func draw(theme: Theme, framesPerSecond: Double = 20, hold: Double = 2) -> Animation {
    Animation(
      frames: (0..<frames).map { frame(recorded(for: $0), theme: theme) }, framesPerSecond: framesPerSecond,
      hold: hold)
  }

  /// Which recorded cloud a frame shows: both ends, and between them strides that shorten towards the data,
  /// because for most of its time a chain is noise.
  func recorded(for frame: Int) -> Int {
    let last = trajectory.count - 1
    guard frames > 1 else { return last }
    let left = 1 - Double(frame) / Double(frames - 1)
    return Int((Double(last) * (1 - left * left)).rounded())
  }

  private func frame(_ index: Int, theme: Theme) -> Drawing {
    var drawing = Drawing(width: 540, height: 600, background: theme.paper)
    drawing.addTitle(title, theme: theme)
    let plot = Plot(frame: Rect(x: 25, y: 52, width: 490, height: 490), limits: limits)
    let cloud = trajectory.clouds[index].prefix(points)
    drawing.items.append(.cloud(cloud, in: plot, theme: theme))
    drawing.addFrame(plot.frame, theme: theme)
    addClock(to: &drawing, time: trajectory.times[index], below: plot.frame, theme: theme)
    return drawing
  }

  /// A bar that fills from noise to data, with the time beside it.
  private func addClock(to drawing: inout Drawing, time: Double, below frame: Rect, theme: Theme) {
    let (first, last) = (trajectory.times[0], trajectory.times[trajectory.count - 1])
    let done = first > last ? (first - time) / (first - last) : 1
    let y = frame.maxY + 30
    let text = "t = \(time.padded)"
    // Room for the widest time, so that the bar keeps its length.
    let textWidth = TextMetrics.width(of: "t = 0.00", size: TextSize.medium)
    let bar = Rect(x: frame.x, y: y - 5, width: frame.width - textWidth - 18, height: 10)
    drawing.add(.rect(bar, fill: theme.grid))
    if done > 0 {
      let filled = Rect(x: bar.x, y: bar.y, width: bar.width * done, height: bar.height)
      drawing.add(.rect(filled, fill: theme.cloud))
    }
    drawing.add(
      Label(
        text, at: SIMD2(frame.maxX - textWidth, y + TextMetrics.capHeight * TextSize.medium / 2),
        size: TextSize.medium, color: theme.ink))
  }
}

extension Double {
  fileprivate var padded: String { NumberText.rounded(self, decimals: 2) }
}
