import DiffusionProcess
import Plotting
import PointClouds

/// A cloud at several times of the forward process, from data to noise.
public struct ForwardStrip: Figure {
  /// The clouds, from data to noise.
  package var panels: [CloudPanel]
  /// The window of the plane, the same in every panel.
  package var limits: Limits
  /// The title above the panels.
  package var title: String

  /// The default times: the parts of a cloud blur early, and after the middle only noise is left.
  public static let tellingTimes = [0, 0.04, 0.12, 0.4, 1]

  /// The strip of a data set under a schedule.
  /// - Parameters:
  ///   - data: at time 0; also sets the window if `limits` is `nil`.
  ///   - times: in 0...1, one per panel; ``tellingTimes(of:)`` if `nil`.
  ///   - noise: one ε per point, the same at all times, so that the eye can follow a point.
  public init(
    _ data: PointCloud, schedule: some NoiseSchedule, times: [Double]? = nil,
    noise: NoiseSource, limits: Limits? = nil, title: String = "Forward process: from data to noise"
  ) {
    let times = times ?? Self.tellingTimes(of: schedule)
    precondition(!times.isEmpty, "a strip without times")
    let levels = times.map { schedule.level(at: $0) }
    let norms = levels.map { ($0.signal * $0.signal + $0.noise * $0.noise).squareRoot() }
    // Noise far wider than the data would leave the window, and in a wider window the data would be a dot.
    let isScaled = norms.contains { $0 > Self.largestNorm }
    panels = zip(times, zip(levels, norms)).map { time, entry in
      let (level, norm) = entry
      let cloud = time == 0 ? data : level.noisy(data, noise: noise)
      return CloudPanel(
        NumberText.time(time),
        note: Self.preservesVariance(schedule) ? alphaBarText(level.alphaBar) : sigmaText(level.sigma),
        isScaled ? cloud.map { $0 / norm } : cloud)
    }
    self.limits = limits ?? Limits(of: data)
    self.title = isScaled ? title + ", scaled to unit variance" : title
  }

  /// Above this standard deviation, relative to that of the data, clouds are scaled to unit variance.
  private static let largestNorm = 1.5

  /// Whether signal² + noise² is 1, so that ᾱ alone determines a level.
  private static func preservesVariance(_ schedule: some NoiseSchedule) -> Bool {
    [0.25, 0.5, 1].allSatisfy {
      let level = schedule.level(at: $0)
      return abs(level.signal * level.signal + level.noise * level.noise - 1) < 1e-6
    }
  }

  /// The default times of a schedule: ``tellingTimes`` if it preserves variance; otherwise both ends and the times at
  /// which σ is a tenth, a third and one standard deviation of the data.
  public static func tellingTimes(of schedule: some NoiseSchedule) -> [Double] {
    guard !preservesVariance(schedule) else { return tellingTimes }
    let between = [0.1, 0.3, 1].map { sigma in
      var (low, high) = (0.0, 1.0)
      for _ in 0..<40 {
        let middle = (low + high) / 2
        if schedule.level(at: middle).sigma < sigma { low = middle } else { high = middle }
      }
      return high
    }
    return [0] + between + [1]
  }

  /// The strip of clouds that are already noisy.
  /// - Precondition: there is a panel.
  package init(
    _ panels: [CloudPanel], limits: Limits, title: String = "Forward process: from data to noise"
  ) {
    precondition(!panels.isEmpty, "a strip without panels")
    (self.panels, self.limits, self.title) = (panels, limits, title)
  }

  public func draw(on page: Page) -> Drawing { page.draw(panels, title: title, limits: limits) }
}

/// σ to two digits.
private func sigmaText(_ sigma: Double) -> String {
  sigma.isFinite ? "σ = \(sigma < 10 ? NumberText.short(sigma) : sigma.fixed(0))" : "σ = ∞"
}

/// ᾱ to two decimals, or "ᾱ < 0.01" if it would read as 0.
private func alphaBarText(_ alphaBar: Double) -> String {
  alphaBar > 0 && alphaBar < 0.01 ? "ᾱ < 0.01" : "ᾱ = \(NumberText.short(alphaBar))"
}
