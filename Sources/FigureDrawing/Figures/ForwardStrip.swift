import DiffusionProcess
import PointClouds

/// A cloud at several times of the forward process, from data to noise.
public struct ForwardStrip: Figure {
  /// The clouds, from data to noise.
  public var panels: [CloudPanel]
  /// The window of the plane, the same in every panel.
  public var limits: Limits
  /// The line above the panels.
  public var title: String

  /// Times at which something is to be seen: parts blur early, and after the middle all is noise.
  public static let tellingTimes = [0, 0.04, 0.12, 0.4, 1]

  /// The strip of a data set under a schedule.
  /// - Parameters:
  ///   - data: at time 0; also sets the window where `limits` is `nil`.
  ///   - times: in 0...1, one a panel.
  ///   - noise: one ε a point, the same at all times, so that each point can be followed.
  public init(
    _ data: PointCloud, schedule: some NoiseSchedule, times: [Double] = tellingTimes,
    noise: NoiseSource, limits: Limits? = nil, title: String = "Forward process: from data to noise"
  ) {
    precondition(!times.isEmpty, "a strip without times")
    panels = times.map { time in
      let level = schedule.level(at: time)
      return CloudPanel(
        NumberText.time(time), note: alphaBarText(level.alphaBar),
        time == 0 ? data : level.noisy(data, noise: noise))
    }
    self.limits = limits ?? Limits(of: data)
    self.title = title
  }

  /// The strip of clouds that are already noisy.
  /// - Precondition: there is a panel.
  public init(
    _ panels: [CloudPanel], limits: Limits, title: String = "Forward process: from data to noise"
  ) {
    precondition(!panels.isEmpty, "a strip without panels")
    self.panels = panels
    self.limits = limits
    self.title = title
  }

  public func draw(theme: Theme) -> Drawing {
    .panelRow(panels, title: title, limits: limits, theme: theme)
  }
}

/// ᾱ to two decimals; where that would read as 0, as a bound.
private func alphaBarText(_ alphaBar: Double) -> String {
  alphaBar > 0 && alphaBar < 0.01 ? "ᾱ < 0.01" : "ᾱ = \(short(alphaBar))"
}
