import DiffusionProcess
import Evaluation
import Models
import PointClouds

/// The error of a model's noise prediction on held-out points, by noise level and overall, for printing.
/// Equations section 13
public struct NoiseReport: JSONReport, Sendable, Hashable, Codable {
  /// One noise level, or all of them.
  public struct Row: Sendable, Hashable, Codable {
    /// The step t of the chain; `nil` for all levels together.
    package let step: Int?
    /// The noise-to-signal ratio; `nil` for all levels together, and if there is no signal.
    package let sigma: Double?
    /// The mean of (ε̂ − ε)², its root, and the mean of |ε̂ − ε|.
    public let mse, rmse, mae: Double
    /// The share of the noise's variance that is predicted.
    public let r2: Double
    /// The ``mse`` of the exact denoiser, if it is known.
    public let floor: Double?
    /// The mean of (ε̂ − ε*)² with the exact ε*, if it is known: the part that training can still reduce.
    public let excess: Double?
  }

  /// The names of the data and of the schedule.
  package let dataset, schedule: String
  /// The number of held-out points.
  package let points: Int
  /// All levels together.
  public let overall: Row
  /// The levels that were evaluated.
  public let levels: [Row]

  /// Measures a model.
  /// - Parameters:
  ///   - count: the number of held-out points, the same at every level, with fresh noise; all held-out rows if a file
  ///     has fewer.
  ///   - levels: the number of steps to evaluate, spread evenly over the chain.
  /// - Throws: `DataSourceError` if the source cannot give enough points.
  public init(
    _ model: Diffusion, source: DataSource, count: Int, levels: Int, seed: UInt64
  ) throws(DataSourceError) {
    let heldOut = model.standardization.apply(
      try source.heldOutPoints(count: count, seed: seed))
    let error = NoisePredictionError(
      of: model.denoiser, heldOut: heldOut, schedule: model.schedule, levels: levels,
      oracle: model.oracle, noise: NoiseSource(seed: seed, purpose: .heldOut))
    (dataset, schedule, points) = (model.name, model.schedule.name, heldOut.count)
    self.levels = error.rows.map { row in
      let sigma = model.schedule.level(step: row.step).sigma
      return Row(
        step: row.step, sigma: sigma.isFinite ? sigma : nil, mse: row.mse, rmse: row.rmse, mae: row.mae,
        r2: row.r2, floor: row.floor, excess: row.excess)
    }
    overall = Row(
      step: nil, sigma: nil, mse: error.mse, rmse: error.rmse, mae: error.mae, r2: error.r2,
      floor: error.floor, excess: error.excess)
  }

  /// The report as lines of text.
  public var summary: String {
    var table = TextTable(
      ["t", "sigma", "MSE", "RMSE", "MAE", "R2"] + (overall.floor == nil ? [] : ["floor", "excess"]))
    func add(_ row: Row) {
      var texts = [row.step.map(String.init) ?? "all", row.sigma.map { $0.fixed(3) } ?? ""]
      texts += [row.mse, row.rmse, row.mae, row.r2].map { $0.fixed(4) }
      if overall.floor != nil { texts += [row.floor, row.excess].map { $0?.fixed(4) ?? "" } }
      table.add(texts)
    }
    levels.forEach(add)
    add(overall)
    let meaning =
      overall.floor == nil
      ? ""
      : "\nfloor: MSE of the exact denoiser; excess: mean of (predicted - exact)^2, what training can remove"
    return "noise prediction on \(points) held-out points of \(dataset), schedule \(schedule)\n\(table.text)"
      + meaning
  }
}
