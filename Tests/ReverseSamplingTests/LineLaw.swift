import RealModule

/// The law of a chain along a line, as densities at evenly spaced places. A step is an integral operator, so there
/// is no sampling noise; sums are quadratures that converge at once where densities are smooth and vanish at both
/// ends, or are mirrored there.
struct LineLaw {
  let places: [Double]
  let spacing: Double
  private(set) var densities: [Double]

  init(places: [Double], spacing: Double, density: (Double) -> Double) {
    self.places = places
    self.spacing = spacing
    densities = places.map(density)
  }

  /// One step: `kernel(j, x)` is the density at x of where place j leads.
  mutating func carry(_ kernel: (_ from: Int, _ x: Double) -> Double) {
    var next = [Double](repeating: 0, count: places.count)
    for j in places.indices {
      let mass = densities[j] * spacing
      for k in places.indices { next[k] += mass * kernel(j, places[k]) }
    }
    densities = next
  }

  /// One step that adds Gaussian noise: from place j to a normal of mean and deviation j.
  mutating func carryByGaussians(_ means: [Double], _ deviations: [Double]) {
    carry { j, x in
      let z = (x - means[j]) / deviations[j]
      return abs(z) < 8 ? Double.exp(-z * z / 2) / (deviations[j] * (2 * Double.pi).squareRoot()) : 0
    }
  }

  /// The total variation between this law and another at the same places.
  func distance(from other: LineLaw) -> Double {
    zip(densities, other.densities).reduce(0) { $0 + abs($1.0 - $1.1) } * spacing / 2
  }
}
