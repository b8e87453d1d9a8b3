import DiffusionProcess
import Evaluation
import Models
import PointClouds
import RealModule
import ReverseSampling

/// log p of points under a model by the probability-flow ODE, for printing.  Equations (9.1)
public struct LikelihoodReport: JSONReport, Sendable, Hashable, Codable {
  /// One point.
  package struct Row: Sendable, Hashable, Codable {
    /// The point, in the units of the data.
    package let x, y: Double
    /// log p in nats.
    package let logDensity: Double
    /// The exact log p₀ in nats, if the data are a known mixture.
    package let exact: Double?
  }

  /// The data of the model, and the process whose flow was integrated.
  package let dataset, process: String
  /// The standard deviation, in the units of the data, of the Gaussian that smooths the density; the geometric mean
  /// over both coordinates if each has its own scale.
  package let smoothing: Double
  /// The points.
  package let points: [Row]
  /// The mean of log p in nats, and −``mean`` in bits per coordinate.
  package let mean, bitsPerDimension: Double
  /// The mean of the exact log p₀ at the same points and the largest |log p − exact log p₀|, if they are known.
  package let exactMean, largestError: Double?

  /// Measures a model at points, given in the units of the data.
  /// - Precondition: there is at least one point.
  public init(_ model: Diffusion, at cloud: PointCloud, by likelihood: FlowLikelihood) {
    precondition(cloud.count > 0, "the likelihood of no points")
    let found = model.logDensity(of: cloud, by: likelihood)
    let exact = model.exactLogDensity(of: cloud)
    let process = likelihood.flow.process
    dataset = model.name
    self.process = process.name
    smoothing = process.level(at: likelihood.start).sigma * model.standardization.scale
    points = found.indices.map { i in
      Row(x: cloud[i].x, y: cloud[i].y, logDensity: found[i], exact: exact?[i])
    }
    mean = found.mean
    bitsPerDimension = -mean / (2 * Double.log(2))
    exactMean = exact?.mean
    largestError = exact.map { zip(found, $0).map { abs($0 - $1) }.max() ?? 0 }
  }

  /// The means as lines of text.
  public var summary: String {
    var lines = [
      "log p of \(points.count) points under the model of \(dataset), nats in data units, flow \(process), "
        + "density smoothed by \(smoothing.readable(4))",
      "mean log p   \(mean.fixed(6)) nats   \(bitsPerDimension.fixed(6)) bits per dimension",
    ]
    if let exactMean, let largestError {
      lines.append(
        "exact        \(exactMean.fixed(6)) nats   difference \((mean - exactMean).fixed(6)), "
          + "largest at a point \(largestError.fixed(6))")
    }
    return lines.joined(separator: "\n")
  }

  /// The points as lines of text.
  public var table: String {
    var table = TextTable(columns)
    let size = points.reduce(0) { max($0, abs($1.x), abs($1.y)) }
    for point in points {
      table.add(
        [point.x.readable(6, size: size), point.y.readable(6, size: size)]
          + ([point.logDensity] + (point.exact.map { [$0] } ?? [])).map { $0.fixed(6) })
    }
    return table.text
  }

  /// The points as a CSV file with the columns x, y, log_p and, if known, exact; the numbers read back as the same
  /// `Double`s.
  package var csv: String {
    let rows = points.map {
      ([$0.x, $0.y, $0.logDensity] + ($0.exact.map { [$0] } ?? [])).map(\.description)
    }
    return ([columns] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
  }

  private var columns: [String] { ["x", "y", "log_p"] + (exactMean == nil ? [] : ["exact"]) }
}
