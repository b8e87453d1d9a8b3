import DiffusionProcess
import Plotting
import PointClouds

/// A cloud at several times of the forward process, from data to noise.
package struct ForwardStrip: Figure {
  /// The clouds, from data to noise.
  package var panels: [CloudPanel]
  /// The window of the plane, the same in every panel.
  package var limits: Limits
  /// The line above the panels.
  package var title: String

  /// Times at which something is to be seen: parts blur early, and after the middle all is noise.
  package static let tellingTimes = [0, 0.04, 0.12, 0.4, 1]

  /// The strip of a data set under a schedule.
  /// - Parameters:
  ///   - data: at time 0; also sets the window where `limits` is `nil`.
  ///   - times: in 0...1, one a panel; ``tellingTimes(of:)`` where it is `nil`.
  ///   - noise: one ε a point, the same at all times, so that each point can be followed.
  package init(
    _ data: PointCloud, schedule: some NoiseSchedule, times: [Double]? = nil,
    noise: NoiseSource, limits: Limits? = nil, title: String = "Forward process: from data to noise"
  ) {
    let times = times ?? Self.tellingTimes(of: schedule)
    precondition(!times.isEmpty, "a strip without times")
    let levels = times.map { schedule.level(at: $0) }
    let norms = levels.map { ($0.signal * $0.signal + $0.noise * $0.noise).squareRoot() }
    // Noise far wider than the data would leave the window, and the data would be a dot in a wider one.
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

  /// The standard deviation, over that of the data, from which on clouds are shown scaled to unit variance.
  private static let largestNorm = 1.5

  /// Whether signal² + noise² is 1, so that ᾱ says all about a level.
  private static func preservesVariance(_ schedule: some NoiseSchedule) -> Bool {
    [0.25, 0.5, 1].allSatisfy {
      let level = schedule.level(at: $0)
      return abs(level.signal * level.signal + level.noise * level.noise - 1) < 1e-6
    }
  }

  /// The times at which a schedule is shown: ``tellingTimes`` where ᾱ says all, otherwise those at which σ is a
  /// tenth, a third and one standard deviation of the data, with the ends.
  package static func tellingTimes(of schedule: some NoiseSchedule) -> [Double] {
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
    self.panels = panels
    self.limits = limits
    self.title = title
  }

  package func draw(on page: Page) -> Drawing { page.draw(panels, title: title, limits: limits) }
}

/// σ to two digits.
private func sigmaText(_ sigma: Double) -> String {
  sigma.isFinite ? "σ = \(sigma < 10 ? NumberText.short(sigma) : sigma.fixed(0))" : "σ = ∞"
}

/// ᾱ to two decimals; where that would read as 0, as a bound.
private func alphaBarText(_ alphaBar: Double) -> String {
  alphaBar > 0 && alphaBar < 0.01 ? "ᾱ < 0.01" : "ᾱ = \(NumberText.short(alphaBar))"
}
