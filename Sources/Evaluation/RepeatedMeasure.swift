import PointClouds

/// The mean and the standard deviation of a number that was measured several times.
package struct RepeatedMeasure: Sendable, Hashable {
  /// The mean.
  package let mean: Double
  /// The standard deviation of one measurement.
  package let standardDeviation: Double
  /// The number of measurements.
  package let repetitions: Int
  /// The correlation of two measurements, for example of clouds that share some of their points; 0 if they are
  /// independent.
  package let overlap: Double

  /// The statistics of these values.
  /// - Parameter overlap: their correlation, in 0..<1.
  /// - Precondition: there is at least one value.
  package init(_ values: [Double], overlap: Double = 0) {
    precondition(!values.isEmpty, "no values")
    precondition(overlap >= 0 && overlap < 1, "an overlap of \(overlap)")
    self.overlap = overlap
    repetitions = values.count
    let mean = values.mean
    self.mean = mean
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    standardDeviation = values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : 0
  }

  /// Half the width of the 95 % confidence interval of the mean, by Student's t; 0 for a single measurement.
  ///
  /// The part that correlated measurements share does not average out, so their variance is divided by less than
  /// their number.  Nadeau and Bengio 2003
  package var interval: Double {
    guard repetitions > 1 else { return 0 }
    guard overlap > 0 else {
      return Self.studentQuantile(repetitions - 1) * standardDeviation / Double(repetitions).squareRoot()
    }
    let share = 1 / Double(repetitions) + overlap / (1 - overlap)
    return Self.studentQuantile(repetitions - 1) * standardDeviation * share.squareRoot()
  }

  /// The 97.5 % quantile of Student's t.
  /// - Parameter freedom: the degrees of freedom, at least 1. Exact for 1 and 2; for more, the Cornish–Fisher
  ///   expansion, accurate to 1 %.
  static func studentQuantile(_ freedom: Int) -> Double {
    if freedom == 1 { return 12.706_204_7 }
    if freedom == 2 { return 4.302_652_7 }
    let z = 1.959_963_985
    let n = Double(freedom)
    let z3 = z * z * z
    let z5 = z3 * z * z
    let z7 = z5 * z * z
    return z + (z3 + z) / (4 * n) + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n)
      + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n)
  }
}

extension [Double] {
  /// The mean of the numbers; NaN if there are none.
  package var mean: Double { reduce(0, +) / Double(count) }
}
