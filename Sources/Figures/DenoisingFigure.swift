import DiffusionProcess
import Models
import Plotting
import PointClouds
import ReverseSampling

/// What a denoiser does at one time: noisy points, each joined with its posterior mean E[x₀ | x_t], over the data.
///
/// At little noise the means lie on the data; at much noise they gather at the mean of all data, which is why one
/// step from noise gives no sample.  Equations (10.3)
package struct DenoisingFigure: Figure {
  /// The data, drawn faintly.
  package var data: PointCloud
  /// The noisy points.
  package var noisy: PointCloud
  /// The posterior mean of each.
  package var clean: PointCloud
  /// The window of the plane.
  package var limits: Limits
  /// The title above the panel.
  package var title: String

  /// The figure of noisy points and their posterior means.
  /// - Parameter limits: the window; that of the data and the noisy points if `nil`.
  /// - Precondition: every noisy point has its mean.
  package init(
    data: PointCloud, noisy: PointCloud, clean: PointCloud, limits: Limits? = nil, title: String
  ) {
    precondition(noisy.count == clean.count, "\(clean.count) means of \(noisy.count) noisy points")
    (self.data, self.noisy, self.clean) = (data, noisy, clean)
    self.limits = limits ?? Limits(of: PointCloud(data.points + noisy.points), margin: 0.1)
    self.title = title
  }

  private static let (noisyRadius, cleanRadius) = (3.4, 4.6)

  package func draw(on page: Page) -> Drawing {
    page.draw(.standard, least: Page.Size(480, 300), title: title) { sheet in
      let theme = sheet.theme
      let plot = sheet.panel(limits, right: 226)
      sheet.addCloud(data, in: plot, color: theme.paper.mixed(with: theme.frame, share: 0.45))
      let joins = zip(noisy.points, clean.points).map { [plot.place($0), plot.place($1)] }
      sheet.clip(
        plot.frame,
        [
          .lines(
            LineLayer(
              paths: joins, colors: [theme.muted], segmentColors: joins.isEmpty ? [] : [0], width: 1.4)),
          .dots(joins.map { $0[0] }, radius: Self.noisyRadius, theme.ink),
          .dots(joins.map { $0[1] }, radius: Self.cleanRadius, theme.accent),
        ])
      sheet.addAxes(plot)
      sheet.addKey([(Self.noisyRadius, theme.ink)], "noisy point", line: 0, beside: plot.frame)
      sheet.addKey([(Self.cleanRadius, theme.accent)], "its mean", line: 1, beside: plot.frame)
      sheet.write(
        "E[x₀ | xₜ]", at: SIMD2(plot.frame.maxX + Sheet.keyGap, plot.frame.y + 94), color: theme.muted)
    }
  }
}

extension DenoisingFigure: DrawnFigure {
  package static let name = "denoising"
  package static let abstract = "Draws noisy points at one time, each joined with its posterior mean."
  package static let discussion = """
    The posterior mean E[x₀ | x_t] is what a network that predicts noise knows. At little noise it lies on the data, \
    at much noise near the mean of all data.

    Example: difflab draw denoising mixture:ring8 -o denoising.svg --time 0.3
    Example: difflab draw denoising moons.safetensors -o denoising.svg --time 0.1 --count 200
    """
  package static let subject = FigureSubject.model
  private static let time = Parameter.number(
    "time", in: 0...1, default: 0.3, "The time: 0 is data, 1 is noise.")
  private static let count = Parameter.integer(
    "count", in: 1...2000, default: 120, "How many noisy points.")
  package static let parameters = [time, count]

  package static func make(at desk: some FigureDesk) throws -> DenoisingFigure {
    let lab = try desk.lab()
    let diffusion = try lab.model.requireDiffusion()
    let time = desk.parameters.number(time)
    let level = diffusion.schedule.level(at: time)
    guard level.noise > 0 else {
      throw UndrawableSubject("time \(time): there is no noise there yet")
    }
    let chosen = PointCloud(lab.standardData.prefix(desk.parameters.integer(count)).points)
    let noisy = level.noisy(chosen, noise: NoiseSource(seed: desk.seed, purpose: .forward))
    return DenoisingFigure(
      data: lab.standardData, noisy: noisy, clean: diffusion.denoiser.denoise(noisy, at: level),
      title: "\(lab.model.name): noisy points at t = \(time.fixed(2)) and their means")
  }
}
