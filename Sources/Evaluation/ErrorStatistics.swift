/// The sums that every error of predicted points is computed from; adding two gives the error of both parts together.
/// Equations (13.1)
package struct ErrorStatistics: Sendable, Hashable {
  /// The number of points.
  package private(set) var count = 0
  private var squaredError = SIMD2<Double>.zero
  private var absoluteError = 0.0
  private var truth = SIMD2<Double>.zero
  private var squaredTruth = SIMD2<Double>.zero

  /// The statistics of no points.
  package init() {}

  /// The statistics of these predictions of these true points.
  package init(predicted: [SIMD2<Double>], truth: [SIMD2<Double>]) {
    precondition(predicted.count == truth.count, "\(predicted.count) predictions of \(truth.count) points")
    for (p, t) in zip(predicted, truth) { add(p, truth: t) }
  }

  /// Adds one point.
  package mutating func add(_ predicted: SIMD2<Double>, truth point: SIMD2<Double>) {
    let error = predicted - point
    count += 1
    squaredError += error * error
    absoluteError += error.x.magnitude + error.y.magnitude
    truth += point
    squaredTruth += point * point
  }

  /// The statistics of two parts together.
  package static func + (a: ErrorStatistics, b: ErrorStatistics) -> ErrorStatistics {
    var sum = a
    sum.count += b.count
    sum.squaredError += b.squaredError
    sum.absoluteError += b.absoluteError
    sum.truth += b.truth
    sum.squaredTruth += b.squaredTruth
    return sum
  }

  /// The mean squared error over points and coordinates.
  package var mse: Double { squaredError.sum() / Double(2 * count) }
  /// The root of the mean squared error.
  package var rmse: Double { mse.squareRoot() }
  /// The mean absolute error over points and coordinates.
  package var mae: Double { absoluteError / Double(2 * count) }

  /// R², pooled over the coordinates with one mean per coordinate: 1 − ΣΣe² / ΣΣ(t − t̄)².
  package var r2: Double {
    1 - squaredError.sum() / (squaredTruth - truth * truth / Double(count)).sum()
  }
}
