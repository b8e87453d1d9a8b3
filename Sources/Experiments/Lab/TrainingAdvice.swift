import DiffusionProcess
import PointClouds

/// Notes and warnings about training on given points, before it starts.
package struct TrainingAdvice: Sendable, Hashable {
  /// What training uses.
  package let notes: [String]
  /// What the user should know before trusting the result.
  package let warnings: [String]

  /// Below this number of points a network of the default size memorizes them.
  private static let fewPoints = 1000
  /// The largest ratio of length to width, in standard units; a narrower cloud is below the resolution of the least
  /// noise.
  private static let longestShape = 50.0

  /// The advice for training on these points of a source.
  /// - Complexity: O(points).
  package init(_ points: PointCloud, of source: DataSource) {
    var notes: [String] = []
    var warnings: [String] = []
    if let total = source.available, let held = source.heldOutCount {
      let rest =
        held > 0 ? "; \(held) are held out for evaluation" : "; none is held out for evaluation"
      notes.append("training on \(points.count) of the \(total) rows of \(source.name), once each\(rest)")
    } else {
      notes.append("training on \(points.count) points of \(source.name)")
    }
    let distinct = points.distinctCount
    if distinct < points.count {
      warnings.append("\(points.count - distinct) of the \(points.count) points repeat another one")
    }
    if distinct < Self.fewPoints {
      warnings.append(
        "\(distinct) different points: the network can memorize them, and samples are then near copies; "
          + "the share of copies is measured by lab and by score --all")
    }
    if let standardization = Standardization(of: points) {
      let scales = standardization.scales
      if !standardization.isShared {
        notes.append(
          "x has the standard deviation \(scales.x.brief) and y \(scales.y.brief): each is divided by its own"
        )
      }
      let sum = standardization.apply(points).points.reduce(SymmetricMatrix(isotropic: 0)) {
        $0 + SymmetricMatrix(outer: $1)
      }
      let axes = (1 / Double(points.count) * sum).eigenvalues
      let (long, short) = (axes.0.squareRoot(), max(0, axes.1).squareRoot())
      if long > Self.longestShape * short {
        warnings.append(
          "the points lie near a line: in standard units their standard deviation is \(long.brief) along it and "
            + "\(short.brief) across, too narrow to be learned well")
      }
    }
    (self.notes, self.warnings) = (notes, warnings)
  }
}

extension PointCloud {
  /// The number of different points, by their 64-bit hashes, which sort ten times as fast as points. Among ten
  /// million points the probability that two share a hash is 3·10⁻⁶.
  /// - Complexity: O(n log n).
  fileprivate var distinctCount: Int {
    // Adding 0 turns −0 into 0.
    var keys = points.map { Self.mixed(Self.mixed(($0.x + 0).bitPattern) ^ ($0.y + 0).bitPattern) }
    keys.sort()
    return zip(keys, keys.dropFirst()).reduce(min(1, count)) { $0 + ($1.0 == $1.1 ? 0 : 1) }
  }

  /// The finalizer of SplitMix64, a permutation in which every bit affects all.  Steele et al. 2014
  private static func mixed(_ word: UInt64) -> UInt64 {
    var z = word &+ 0x9e37_79b9_7f4a_7c15
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

extension Double {
  /// The number with about four digits.
  fileprivate var brief: String { magnitude >= 1e-3 && magnitude < 1e6 ? fixed(4) : "\(self)" }
}
