extension DiscreteSchedule {
  /// `steps` values from `start` to `end`, or `start` alone.
  static func evenly(from start: Double, to end: Double, steps: Int) -> [Double] {
    precondition(steps >= 1, "a chain of \(steps) steps")
    return (0..<steps).map { steps == 1 ? start : start + Double($0) / Double(steps - 1) * (end - start) }
  }

  /// β_t = 1 − ᾱ(t/T) / ᾱ((t−1)/T), clipped.  Equations (3.4), (3.6)
  /// - Parameter alphaBar: the wanted ᾱ at a time in 0...1, up to a constant factor.
  static func betas(steps: Int, maxBeta: Double, alphaBar: (Double) -> Double) -> [Double] {
    precondition(steps >= 1, "a chain of \(steps) steps")
    return (1...steps).map { t in
      min(1 - alphaBar(Double(t) / Double(steps)) / alphaBar(Double(t - 1) / Double(steps)), maxBeta)
    }
  }
}
