import Plotting
import PointClouds
import ReverseSampling

/// A reverse chain at several times, from noise to samples.
public struct ReverseStrip: Figure {
  /// The clouds, from noise to samples.
  package var panels: [CloudPanel]
  /// The window of the plane, the same in every panel and in the forward strip.
  package var limits: Limits
  /// The title above the panels.
  package var title: String

  /// The strip of a chain: its recorded clouds nearest to the given times.
  /// - Parameter times: in 0...1, one per panel, from noise to data; two times with the same nearest cloud share a panel.
  public init(
    _ trajectory: Trajectory, times: [Double] = ForwardStrip.tellingTimes.reversed(), limits: Limits,
    title: String = "Reverse process: from noise to data"
  ) {
    precondition(!times.isEmpty, "a strip without panels")
    var chosen: [Int] = []
    for wanted in times {
      let nearest = trajectory.times.indices.min {
        abs(trajectory.times[$0] - wanted) < abs(trajectory.times[$1] - wanted)
      }
      if let nearest, chosen.last != nearest { chosen.append(nearest) }
    }
    self.panels = chosen.map {
      CloudPanel("t = \(NumberText.short(trajectory.times[$0]))", trajectory.clouds[$0])
    }
    (self.limits, self.title) = (limits, title)
  }

  public func draw(on page: Page) -> Drawing { page.draw(panels, title: title, limits: limits) }
}
