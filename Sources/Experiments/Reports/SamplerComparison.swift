import DiffusionProcess
import Evaluation
import Models
import PointClouds
import RealModule
import ReverseSampling

/// A comparison of samplers on one model from the same starting noise: the quality of their samples, and their cost.
public struct SamplerComparison: JSONReport, Sendable, Hashable, Codable {
  /// One sampler with one number of steps.
  package struct Row: Sendable, Hashable, Codable {
    /// The sampler and the grid of noise levels.
    package let sampler, grid: String
    /// The number of steps.
    package let steps: Int
    /// The number of evaluations of the denoiser; `nil` for an adaptive sampler.
    package let evaluations: Int?
    /// The sliced W₂ distance of its samples from as many true points, averaged over the repetitions, and the same as a
    /// multiple of the floor.
    package let slicedW2, ratio: Double
    /// The median distance, in standard units, from the end points of the same model's exact flow with the same
    /// starting points; `nil` for samplers that add noise.
    package let endPointError: Double?
  }

  /// The order at which a sampler's end points converge.
  package struct Slope: Sendable, Hashable, Codable {
    /// The sampler.
    package let sampler: String
    /// The documented order.
    package let order: Int
    /// The measured order: the negative slope of log error against log steps, fitted to the finer half of the steps.
    package let measured: Double
  }

  /// The name of the model.
  package let model: String
  /// The number of points in each cloud.
  package let count: Int
  /// A remark about the true points for the reader; `nil` for a distribution.
  package let remark: String?
  /// The number of clouds per sampler. Each has its own starting noise, which all samplers share.
  package let repetitions: Int
  /// The mean sliced W₂ distance between two true clouds of as many points.
  package let floor: Double
  /// The rows, by sampler and then by steps.
  package let rows: [Row]
  /// The slopes of samplers that add no noise and ran with at least three numbers of steps.
  package let slopes: [Slope]
  /// The requested runs that were left out, each with the reason.
  package let leftOut: [String]

  /// Runs the samplers.
  /// - Parameters:
  ///   - samplers: entries that the model can run.
  ///   - steps: ascending; a sampler leaves out those that its levels do not have, as `leftOut` says. `nil` for
  ///     each one's own.
  ///   - family: the levels of all samplers; of each its own where it is `nil`.
  ///   - progress: called after each row with how many are done and how many there are.
  /// - Throws: `SamplingProblem` if a sampler does not go with the model, `DataSourceError` where the source
  ///   cannot give enough points.
  /// - Complexity: repetitions × count × the sum of all evaluations.
  public init(
    _ model: any Model, source: DataSource, samplers: [SamplerKind], steps: [Int]?,
    along family: GridFamily? = nil, count: Int, repetitions: Int = TrueClouds.defaultRepetitions,
    seed: UInt64,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws {
    let given = steps ?? []
    precondition(zip(given, given.dropFirst()).allSatisfy(<), "steps that do not ascend: \(given)")
    let flow = try model.requireFlow()
    let truth = try TrueClouds(
      of: source, in: flow.standardization, count: count, repetitions: repetitions, seed: seed)
    var leftOut: [String] = []
    let chains = try samplers.map { sampler in
      func plan(_ steps: Int?) throws(SamplingProblem) -> SamplingPlan {
        try model.plan(SamplingRequest(sampler: sampler, grid: family, steps: steps))
      }
      let chosen = family ?? model.grid(of: sampler)
      let without = given.filter { chosen.problem(steps: $0, of: flow.schedule) != nil }
      if let first = without.first, let problem = chosen.problem(steps: first, of: flow.schedule) {
        leftOut.append(
          "\(sampler.name) without \(without.map(String.init).joined(separator: ", ")) steps: \(problem)")
      }
      let plans =
        steps == nil ? [try plan(nil)] : try given.filter { !without.contains($0) }.map { try plan($0) }
      return plans.compactMap { plan in plan.grid.map { Run(family: chosen.name, plan: plan, grid: $0) } }
    }
    let total = chains.reduce(0) { $0 + $1.count }
    var ends = FlowEnds(denoiser: flow.denoiser, seed: seed)
    var rows: [Row] = []
    var slopes: [Slope] = []
    for runs in chains {
      let sigmas = runs.map { $0.grid.lastNoisyLevel.sigma }
      // Equal but for rounding: the families of σ end alike however many steps they have, chains of times do not.
      // A chain of one step starts at its last noisy level, so that only the flow to the data tells it anything.
      let isShared =
        (sigmas.max() ?? 0) < (sigmas.min() ?? 0) * (1 + 1e-9) && runs.allSatisfy { $0.grid.steps > 1 }
      var errors: [(steps: Int, error: Double)] = []
      for run in runs {
        let distances = (0..<repetitions).map { r in
          let samples = run.plan.samples(count: truth.count, seed: seed &+ UInt64(r))
          return truth.distance(of: samples, from: r)
        }
        let distance = distances.mean
        let error =
          run.plan.rule.addsNoise
          ? nil : ends.medianError(of: run, lastSigma: isShared ? sigmas[0] : nil)
        if let error { errors.append((run.grid.steps, error)) }
        rows.append(
          Row(
            sampler: run.plan.name, grid: run.family, steps: run.grid.steps,
            evaluations: run.plan.evaluations,
            slicedW2: distance, ratio: distance / truth.floor, endPointError: error))
        progress(rows.count, total)
      }
      // Errors below 1e-9 come from the reference and from rounding.
      let finer = errors.suffix(max(3, (errors.count + 1) / 2)).filter { $0.error > 1e-9 }
      if let plan = runs.first?.plan, finer.count >= 3 {
        slopes.append(
          Slope(sampler: plan.name, order: plan.rule.order, measured: -Self.slope(of: Array(finer))))
      }
    }
    (self.model, self.repetitions) = (model.name, repetitions)
    (self.count, remark, floor) = (truth.count, truth.remark, truth.floor)
    (self.rows, self.slopes, self.leftOut) = (rows, slopes, leftOut)
  }

  /// The least-squares slope of log error against log steps.
  private static func slope(of errors: [(steps: Int, error: Double)]) -> Double {
    let x = errors.map { Double.log(Double($0.steps)) }
    let y = errors.map { Double.log($0.error) }
    let (meanX, meanY) = (x.mean, y.mean)
    let covariance = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
    return covariance / x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
  }

  /// The rows as lines of text, and the slopes below them.
  public var table: String {
    let table = TextTable(
      ["sampler", "grid", "steps", "evaluations", "sliced W2", "x floor", "end point error"],
      rows.map { row in
        [
          row.sampler, row.grid, "\(row.steps)", row.evaluations.map(String.init) ?? "own",
          row.slicedW2.readable(4), row.ratio.fixed(2), row.endPointError?.fixed(6) ?? "–",
        ]
      })
    let orders = slopes.map { "\($0.sampler) \($0.measured.fixed(2)) (order \($0.order))" }
    return table.text + "\nfloor \(floor.readable(4)), \(count) points, \(repetitions) clouds"
      + (orders.isEmpty ? "" : "\nmeasured orders: " + orders.joined(separator: ", "))
      + (remark.map { "\n" + $0 } ?? "")
      + leftOut.map { "\nleft out: " + $0 }.joined()
  }
}

/// One chain of the comparison.
private struct Run {
  /// The name of its levels.
  let family: String
  let plan: SamplingPlan
  let grid: TimeGrid
}

/// Where the exact flow of a denoiser ends, for the particles that samplers are compared by.
private struct FlowEnds {
  let denoiser: any Denoiser
  let seed: UInt64
  var known: [[Double]: PointCloud] = [:]
  /// The number of particles.
  private let count = 500

  /// The median distance, in standard units, between a chain's ends and the exact flow's from the same start.
  /// - Parameter lastSigma: where the flow stops and E[x₀ | x_t] takes over, as in the chain; `nil` for the data.
  mutating func medianError(of run: Run, lastSigma: Double?) -> Double {
    let level = run.grid.levels[0]
    let key = [level.signal, level.noise, lastSigma ?? 0]
    let exact =
      known[key]
      ?? ExactFlow(from: level, to: lastSigma).ends(
        of: run.grid.start(count: count, noise: NoiseSource(seed: seed, purpose: .start)), using: denoiser)
    known[key] = exact
    let found = run.plan.ends(count: count, seed: seed)
    let distances = zip(found.points, exact.points).map { (($0 - $1) * ($0 - $1)).sum().squareRoot() }
    return distances.sorted()[count / 2]
  }
}
