import Plotting
import PointClouds
import ReverseSampling

/// A reverse chain as an animation: noise becomes data.
public struct ReverseAnimation: Sendable {
  /// The chain.
  package var trajectory: Trajectory
  /// The number of frames; each shows the recorded cloud nearest to it.
  package var frames: Int
  /// The number of particles to show; all if there are fewer.
  package var points: Int
  /// The window of the plane, the same in every frame, usually that of the data.
  package var limits: Limits
  /// The title above the panel.
  package var title: String

  /// The animation of a chain.
  /// - Parameter frames: at least 1; if the chain has fewer clouds, some repeat, and if it has more, some are left out.
  public init(
    _ trajectory: Trajectory, frames: Int = 60, points: Int = 2000, limits: Limits,
    title: String = "From noise to data"
  ) {
    precondition(frames >= 1 && points >= 1, "\(frames) frames of \(points) points")
    (self.trajectory, self.frames, self.points) = (trajectory, frames, points)
    (self.limits, self.title) = (limits, title)
  }

  /// The frames on a page, the last one held.
  ///
  /// The background is always the theme's paper: a GIF has no translucent pixels, so edges need a page to blend with.
  public func draw(on page: Page, framesPerSecond: Double = 20, hold: Double = 2) -> Animation {
    var page = page
    page.theme.background = page.theme.paper
    return Animation(
      frames: (0..<frames).map { frame(recorded(for: $0), on: page) }, framesPerSecond: framesPerSecond,
      hold: hold)
  }

  /// The frames in their own size in the colours of a theme.
  public func draw(theme: Theme, framesPerSecond: Double = 20, hold: Double = 2) -> Animation {
    draw(on: Page(theme), framesPerSecond: framesPerSecond, hold: hold)
  }

  /// The recorded cloud that a frame shows. The strides between them shorten towards the data, because most of a chain
  /// looks like noise; the first and the last cloud are always shown.
  func recorded(for frame: Int) -> Int {
    let last = trajectory.count - 1
    guard frames > 1 else { return last }
    let left = 1 - Double(frame) / Double(frames - 1)
    return Int((Double(last) * (1 - left * left)).rounded())
  }

  private func frame(_ index: Int, on page: Page) -> Drawing {
    let (margin, clock, square) = (25.0, 60.0, Page.Size.square)
    let size = Page.Size(square.width, square.height + clock)
    return page.draw(size, least: Page.Size(250, 300), title: title) { sheet in
      let side = min(sheet.width - 2 * margin, sheet.height - clock - 2 * margin)
      let frame = Rect(
        x: (sheet.width - side) / 2, y: Sheet.titleBand + 2, width: side, height: side)
      sheet.addCloud(trajectory.clouds[index].prefix(points), in: Plot(frame: frame, limits: limits))
      sheet.addFrame(frame)
      addClock(to: &sheet, time: trajectory.times[index], below: frame)
    }
  }

  /// A bar that fills from noise to data, with the time beside it.
  private func addClock(to sheet: inout Sheet, time: Double, below frame: Rect) {
    let (first, last) = (trajectory.times[0], trajectory.times[trajectory.count - 1])
    let done = first > last ? (first - time) / (first - last) : 1
    let y = frame.maxY + 30
    // The widest time, so that the bar keeps its length.
    let textWidth = TextMetrics.width(of: "t = 0.00", size: TextSize.medium)
    var bar = Rect(x: frame.x, y: y - 5, width: frame.width - textWidth - 18, height: 10)
    sheet.add(.rect(bar, fill: sheet.theme.grid))
    if done > 0 {
      bar.width *= done
      sheet.add(.rect(bar, fill: sheet.theme.cloud))
    }
    sheet.write(
      "t = " + NumberText.rounded(time, decimals: 2),
      at: SIMD2(frame.maxX - textWidth, Sheet.baseline(y, size: TextSize.medium)), size: TextSize.medium)
  }
}
