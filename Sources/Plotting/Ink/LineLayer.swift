/// Many paths whose colour changes along the way, at the same segments for all: paths coloured by time.
///
/// Segment `k` of every path has colour `colors[segmentColors[k]]`. Renderers draw segment by segment over all
/// paths, so later segments lie above earlier ones.
package struct LineLayer: Sendable, Hashable {
  /// The corners of each path, in points of the page.
  package var paths: [[SIMD2<Double>]]
  /// The colours that occur.
  package var colors: [Color]
  /// Which of ``colors`` each segment has; not decreasing.
  package var segmentColors: [Int]
  /// The lines' width in points.
  package var width: Double

  /// A layer of paths of equal count, each with one corner more than there are segment colours.
  package init(paths: [[SIMD2<Double>]], colors: [Color], segmentColors: [Int], width: Double) {
    precondition(
      paths.allSatisfy { $0.count == segmentColors.count + 1 },
      "\(segmentColors.count) segments do not fit paths of \(paths.first?.count ?? 0) corners")
    precondition(
      segmentColors.allSatisfy(colors.indices.contains), "a segment's colour beyond \(colors.count) colours")
    (self.paths, self.colors, self.segmentColors, self.width) = (paths, colors, segmentColors, width)
  }

  /// The runs of segments of one colour, in order: the corners `first...last` of every path.
  package var runs: [(first: Int, last: Int, color: Color)] {
    var runs: [(first: Int, last: Int, color: Color)] = []
    var first = 0
    for k in segmentColors.indices
    where k + 1 == segmentColors.count || segmentColors[k + 1] != segmentColors[k] {
      runs.append((first, k + 1, colors[segmentColors[k]]))
      first = k + 1
    }
    return runs
  }
}
