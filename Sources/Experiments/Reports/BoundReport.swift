import DiffusionProcess
import Evaluation
import Models
import PointClouds
import RealModule

/// The variational bound of a model's chain by term, with the exact entropy of its data if that is known.
/// Equations section 6.2
///
/// It is in the units of the data: nats over both coordinates, and bits per coordinate. On average the bound is at
/// least −log p of the model, and that is at least the entropy of the data.
public struct BoundReport: JSONReport, Sendable, Hashable, Codable {
  /// One term.
  package struct Term: Sendable, Hashable, Codable {
    /// The steps of the forward chain that the term lies between: T and T for L_T; L_0 ends at 0.
    package let start, end: Int
    /// The model's term and its standard error.
    package let nats, standardError: Double
    /// The term of the best chain with these steps, which has the exact mean and covariance at every point.
    package let best: Double?
  }

  /// The names of the data, of the schedule and of the variance of the reverse steps.
  package let dataset, schedule, variance: String
  /// The number of steps of the chain and of held-out points.
  package let steps, points: Int
  /// The bound, −ELBO, and its standard error.
  public let nats, standardError: Double
  /// The bound in bits per coordinate.
  package let bitsPerDimension: Double
  /// The bound of the best chain with these steps, if it is known, and its error from numerical integration.
  public let best, bestError: Double?
  /// The entropy of the data, if it is known, and its error from numerical integration.
  public let entropy, entropyError: Double?
  /// ``nats`` − ``entropy``.
  package let gap: Double?
  /// L_T, then L_{t−1} from noise to data, then L_0.
  package let terms: [Term]

  /// Measures a model's bound on held-out points.
  /// - Parameters:
  ///   - steps: of the chain, spread evenly over the model's.
  ///   - variance: of the reverse steps, one that the model's denoiser knows; where it is `nil`, the one that it was
  ///     trained for, or the optimal one of an exact oracle.
  /// - Throws: `DataSourceError` where the source cannot give enough points.
  /// - Complexity: one evaluation of the network per point and step.
  public init(
    _ model: Diffusion, steps: Int, variance: ReverseVariance? = nil, source: DataSource, count: Int,
    seed: UInt64
  ) throws(DataSourceError) {
    let heldOut = model.standardization.apply(
      try source.heldOutPoints(count: count, seed: seed))
    let visited = model.schedule.visits(steps: steps)
    let scale = model.standardization.scale
    let kernel = ReverseKernel(
      variance ?? model.boundVariance, of: model.denoiser, along: model.schedule.levels(visiting: visited))
    let bound = VariationalBound(
      of: kernel, schedule: model.schedule, visiting: visited, points: heldOut,
      noise: NoiseSource(seed: seed, purpose: .heldOut)
    ).inUnits(scale: scale)
    let best = model.oracle?.bound(.optimal, schedule: model.schedule, visiting: visited)
      .inUnits(scale: scale)
    (dataset, schedule, self.variance) = (model.name, model.schedule.name, kernel.variance.rawValue)
    (self.steps, points) = (steps, heldOut.count)
    (nats, standardError, bitsPerDimension) = (bound.nats, bound.standardError, bound.bitsPerDimension)
    (self.best, bestError) = (best?.nats, best?.quadratureError)
    let estimate = model.oracle?.entropyEstimate()
    entropy = estimate.map { $0.values.x + 2 * Double.log(scale) }
    entropyError = estimate?.errors.x
    gap = entropy.map { bound.nats - $0 }
    terms = bound.terms.enumerated().map { i, term in
      Term(
        start: term.start, end: term.end, nats: term.nats, standardError: term.standardError,
        best: best?.terms[i].nats)
    }
  }

  /// The report as lines of text: every term of a short chain, sums of consecutive terms of a long one.
  public var summary: String {
    let hasBest = best != nil
    var table = TextTable(["term", "nats"] + (hasBest ? ["best chain", "excess"] : []))
    func add(_ name: String, _ part: [Term]) {
      let nats = part.reduce(0) { $0 + $1.nats }
      let best = part.reduce(0) { $0 + ($1.best ?? 0) }
      table.add([name, nats.fixed(4)] + (hasBest ? [best.fixed(4), (nats - best).fixed(4)] : []))
    }
    let middle = Array(terms.dropFirst().dropLast())
    add("L_T: prior", [terms[0]])
    let rows = min(middle.count, Self.longestTable)
    for row in 0..<rows {
      let part = Array(middle[row * middle.count / rows..<(row + 1) * middle.count / rows])
      guard let first = part.first, let last = part.last else { continue }
      add("t = \(first.start) to \(last.end)", part)
    }
    add("L_0: data", [terms[terms.count - 1]])
    add("all", terms)
    var rest = ""
    if let entropy, let gap {
      rest =
        "\nentropy of the data \(entropy.fixed(4))\(Self.note(entropyError)); the bound is \(gap.fixed(4)) above it"
    }
    if !Self.note(bestError).isEmpty { rest += "\nbest chain\(Self.note(bestError))" }
    return """
      bound of \(dataset), schedule \(schedule), \(steps) steps, variance \(variance), \(points) held-out points
      \(table.text)
      bound \(nats.fixed(4)) ± \(standardError.fixed(4)) nats, \(bitsPerDimension.fixed(4)) bits a coordinate\(rest)
      """
  }

  /// A note on the error of a numerical integral; empty if four decimals do not show it.
  private static func note(_ error: Double?) -> String {
    guard let error, error >= 5e-5 else { return "" }
    return " (known to ± \(error.fixed(4)): its components are very unlike in width)"
  }

  /// The largest number of rows for terms in ``summary``.
  private static let longestTable = 12
}
