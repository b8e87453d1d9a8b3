import PointClouds
import ReverseSampling

/// A reverse chain at several times, from noise to samples.
public struct ReverseStrip: Figure {
  /// The clouds, from noise to samples.
  public var panels: [CloudPanel]
  /// The window of the plane, the same in every panel.
  public var limits: Limits
  /// The line above the panels.
  public var title: String

  /// The strip of a chain: the recorded clouds nearest to equal distances of time.
  /// - Parameters:
  ///   - panels: how many, both ends included; fewer where the chain has fewer clouds.
  ///   - limits: the window; take the data's, so that the strip has the forward strip's.
  public init(
    _ trajectory: Trajectory, panels: Int = 5, limits: Limits,
    title: String = "Reverse process: from noise to data"
  ) {
    precondition(panels >= 1, "a strip of \(panels) panels")
    let (first, last) = (trajectory.times[0], trajectory.times[trajectory.count - 1])
    var chosen: [Int] = []
    for k in 0..<panels {
      let share = panels == 1 ? 1 : Double(k) / Double(panels - 1)
      let wanted = first + share * (last - first)
      let nearest = trajectory.times.indices.min {
        abs(trajectory.times[$0] - wanted) < abs(trajectory.times[$1] - wanted)
      }
      if let nearest, chosen.last != nearest { chosen.append(nearest) }
    }
    self.panels = chosen.map { CloudPanel("t = \(short(trajectory.times[$0]))", trajectory.clouds[$0]) }
    self.limits = limits
    self.title = title
  }

  public func draw(theme: Theme) -> Drawing {
    .panelRow(panels, title: title, limits: limits, theme: theme)
  }
}
