import DiffusionProcess
import Figures
import Models
import Plotting
import PointClouds
import RealModule
import ReverseSampling

/// The figures of a reflected model, in the units of the data. The frame of each is the box.
package struct ReflectedFigures: Sendable {
  /// The model that is shown.
  package let model: ReflectedModel
  /// Points of the data.
  package let data: PointCloud
  /// The window of all figures: the box, or the square around it.
  package let limits: Limits
  /// Points that stand for the density where it is not known exactly.
  private static let densityPoints = 2000

  /// The figures of a model beside points of its data.
  package init(_ model: ReflectedModel, data: PointCloud) {
    self.model = model
    self.data = data
    let box = model.diffusion.box
    limits = Limits(of: PointCloud([box.lower, box.upper]), margin: 0)
  }

  /// Times at which something is to be seen: σ is geometric, so parts form in the middle of the time.
  private static let tellingTimes = [0, 0.25, 0.4, 0.5, 1]

  /// The data on their way to noise that is uniform in the box.
  /// - Precondition: the data lie in the box.
  package static func forward(
    _ data: PointCloud, _ diffusion: ReflectedDiffusion, noise: NoiseSource
  ) -> ForwardStrip {
    let box = diffusion.box
    let unit = box.toUnit(data)
    let panels = tellingTimes.map { time in
      let sigma = time == 0 ? 0 : diffusion.sigma(at: time)
      let noisy = box.fromUnit(ReflectedDiffusion.noisy(unit, sigma: sigma, noise: noise))
      return CloudPanel(
        "t = \(time == time.rounded() ? "\(Int(time))" : time.fixed(2))",
        note: "σ = \(time == 0 ? "0" : sigma.fixed(2))",
        time == 0 ? data : noisy)
    }
    return ForwardStrip(
      panels, limits: Limits(of: PointCloud([box.lower, box.upper]), margin: 0),
      title: "Forward process between walls: from data to uniform noise")
  }

  /// A reverse chain at several times.
  package func reverse(_ trajectory: Trajectory) -> ReverseStrip {
    ReverseStrip(
      trajectory, times: Self.tellingTimes.reversed(), limits: limits,
      title: "Reverse process between walls: from uniform noise to data")
  }

  /// Paths of single particles from noise to data.
  package func trajectories(_ trajectory: Trajectory, paths: Int = 40) -> TrajectoryFigure {
    TrajectoryFigure(trajectory, data: data, paths: paths, limits: limits)
  }

  /// The chain as an animation.
  package func animation(_ trajectory: Trajectory, frames: Int = 60, points: Int = 1000) -> ReverseAnimation {
    ReverseAnimation(trajectory, frames: frames, points: points, limits: limits)
  }

  /// The model's score at one time over the density of the noisy data, which is exact: of the folded mixture
  /// where it is known, of the data points otherwise.
  package func field(time: Double) -> ScoreFieldFigure {
    let sigma = model.diffusion.sigma(at: time)
    let box = model.diffusion.box
    let score = VectorField(over: limits) { places in
      let inside = places.map { $0.clamped(lowerBound: box.lower, upperBound: box.upper) }
      let unit = model.score.score(box.toUnit(inside), sigma: sigma)
      return PointCloud(
        (0..<places.count).map { box.contains(places[$0]) ? unit[$0] / box.extent : .zero })
    }
    return ScoreFieldFigure(
      density: density(sigma: sigma), score: score,
      title: "\(model.name): density and score at t = \(time.fixed(2)), σ = \(sigma.fixed(3))")
  }

  private func density(sigma: Double, size: Int = 160) -> ScalarField {
    let box = model.diffusion.box
    let cell = 2 * limits.halfSide / Double(size)
    let corner = limits.center - limits.halfSide
    let places = (0..<size).map { (corner + cell * (Double($0) + 0.5) - box.lower) / box.extent }
    let area = box.extent.x * box.extent.y
    func isInside(_ x: Double) -> Bool { (0...1).contains(x) }
    let (columns, rows) = (places.map(\.x), places.map(\.y))
    let values: [Double]
    if let oracle = model.oracle {
      values = rows.flatMap { y in
        columns.map { x in
          isInside(x) && isInside(y) ? Double.exp(oracle.logDensity(SIMD2(x, y), sigma: sigma)) : 0
        }
      }
    } else {
      let points = box.toUnit(data.prefix(Self.densityPoints))
        .map { $0.clamped(lowerBound: .zero, upperBound: SIMD2(1, 1)) }
      let all = ReflectedPointSet(points).density(columns: columns, rows: rows, sigma: sigma)
      values = all.indices.map { isInside(rows[$0 / size]) && isInside(columns[$0 % size]) ? all[$0] : 0 }
    }
    return ScalarField(over: limits, size: size, values: values.map { $0 / area })
  }

  /// Samples of plain models beside those of a reflected one, with the walls, and the shares of points behind them
  /// and on them.
  /// - Parameter clouds: the titles of the panels with their points, in the units of the data.
  package static func walls(_ clouds: [(title: String, cloud: PointCloud)], box: DataBox, title: String)
    -> ComparisonFigure
  {
    var figure = ComparisonFigure(
      clouds.map { CloudPanel($0.title, note: outside($0.cloud, box), PointCloud($0.cloud.points)) },
      title: title, limits: Limits(of: PointCloud([box.lower, box.upper]), margin: 0.2))
    figure.walls = box
    return figure
  }

  private static func outside(_ cloud: PointCloud, _ box: DataBox) -> String {
    func percent(_ share: Double) -> String { "\((100 * share).fixed(1)) %" }
    return "out \(percent(box.shareOutside(cloud))), wall \(percent(box.shareOnWalls(cloud)))"
  }
}
