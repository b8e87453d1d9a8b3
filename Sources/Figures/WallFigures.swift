import DiffusionProcess
import Plotting
import PointClouds

extension ForwardStrip {
  /// Times at which something is to be seen between walls: σ is geometric, so parts form in the middle of the time.
  private static let tellingTimesBetweenWalls = [0, 0.25, 0.4, 0.5, 1]

  /// The data on their way to noise that is uniform in the box.
  /// - Precondition: the data lie in the box.
  package init(_ data: PointCloud, _ diffusion: ReflectedDiffusion, noise: NoiseSource) {
    let box = diffusion.box
    let unit = box.toUnit(data)
    let panels = Self.tellingTimesBetweenWalls.map { time in
      let sigma = time == 0 ? 0 : diffusion.sigma(at: time)
      let noisy = box.fromUnit(ReflectedDiffusion.noisy(unit, sigma: sigma, noise: noise))
      return CloudPanel(
        "t = \(time == time.rounded() ? "\(Int(time))" : time.fixed(2))",
        note: "σ = \(time == 0 ? "0" : sigma.fixed(2))",
        time == 0 ? data : noisy)
    }
    self.init(
      panels, limits: Limits(of: PointCloud([box.lower, box.upper]), margin: 0),
      title: "Forward process between walls: from data to uniform noise")
  }
}

extension ComparisonFigure {
  /// Clouds beside each other with the walls of a box, and the shares of points behind them and on them.
  /// - Parameter clouds: the titles of the panels with their points, in the units of the data.
  package init(_ clouds: [(title: String, cloud: PointCloud)], walls box: DataBox, title: String) {
    func percent(_ share: Double) -> String { "\((100 * share).fixed(1)) %" }
    self.init(
      clouds.map { title, cloud in
        CloudPanel(
          title, note: "out \(percent(box.shareOutside(cloud))), wall \(percent(box.shareOnWalls(cloud)))",
          PointCloud(cloud.points))
      }, title: title, limits: Limits(of: PointCloud([box.lower, box.upper]), margin: 0.2))
    walls = box
  }
}
