import PointClouds
import RealModule

/// The contribution of one component to an integral over the noisy density, in coordinates in which the component is
/// N(0, I).
///
/// With the components sorted, widest first, and p_j the sum of the first j of them, p·f[p] is the sum over j of
/// p_j·f[p_j] − p_(j−1)·f[p_(j−1)]. Each difference is as small as w_j·N_j, so it vanishes outside the region of N_j,
/// however narrow that is; and the components before are no narrower in its narrow direction. Across its long
/// direction they may be, as strips whose places are known.
struct ComponentWindow {
  /// Another component that crosses the window: for each y a Gaussian in x around a straight line.
  private struct Strip {
    let middle: Double  // at y = 0
    let slope: Double
    let deviation: Double
  }

  private let axes: (SIMD2<Double>, SIMD2<Double>)  // of the component, as long as its standard deviations
  private let area: Double
  private let radius: Double
  private let with: DiffusedMixture
  private let before: DiffusedMixture?
  private let strips: [Strip]

  /// The window of component `j` of a mixture whose components are sorted, widest first.
  /// - Parameter radius: how far the window reaches, in standard deviations of the component.
  /// - Complexity: O(j).
  init(_ j: Int, of mixture: DiffusedMixture, radius: Double) {
    let component = mixture.components[j]
    let axes = component.covariance.principalAxes
    self.axes = axes
    self.radius = radius
    area = (axes.0.x * axes.1.y - axes.0.y * axes.1.x).magnitude
    let edge = component.logFactor - radius * radius / 2
    let earlier = mixture.components[..<j].filter { other in
      // In standard deviations of the other: the distance of the window's centre, less the window's reach.
      let reach = radius * (other.squaredLength(axes.0) + other.squaredLength(axes.1)).squareRoot()
      let gap = max(0, other.squaredLength(component.mean - other.mean).squareRoot() - reach)
      return other.logFactor - gap * gap / 2 > edge - Self.negligible
    }
    strips = earlier.map { other in
      let factor = other.factor ?? other.covariance.cholesky
      let (p, q) = (factor.solve(axes.0), factor.solve(axes.1))
      let offset = factor.solve(component.mean - other.mean)
      // ‖offset + x·p + y·q‖² as a square in x.
      let square = (p * p).sum()
      return Strip(
        middle: -(p * offset).sum() / square, slope: -(p * q).sum() / square,
        deviation: 1 / square.squareRoot())
    }
    let origin = component.cleanMean
    with = mixture.part(earlier + [component], around: origin)
    before = earlier.isEmpty ? nil : mixture.part(earlier, around: origin)
  }

  /// −log of a share of the density that is negligible in any integral.
  private static let negligible = 45.0

  /// The difference that the component makes to p·f at a place of the window, per unit of the window's area.
  /// - Parameter f: p·f of a mixture at a point.
  func difference(
    at place: SIMD2<Double>, _ f: (DiffusedMixture, SIMD2<Double>) -> SIMD4<Double>
  ) -> SIMD4<Double> {
    guard (place * place).sum() < radius * radius else { return .zero }
    let x = place.x * axes.0 + place.y * axes.1
    let all = f(with, x)
    guard let before else { return area * all }
    return area * (all - f(before, x))
  }

  /// The initial cells: no wider than the strips that run through them.
  func cells(part: Int) -> [AdaptiveCubature.Cell] {
    let half = radius / Double(Self.cellsAcross)
    let places = (0..<Self.cellsAcross).map { (2 * Double($0) + 1) * half - radius }
    return places.flatMap { x in
      places.flatMap { y in
        fitted(
          AdaptiveCubature.Cell(part: part, center: SIMD2(x, y), half: SIMD2(repeating: half)))
      }
    }
  }

  private static let cellsAcross = 5

  private func fitted(_ cell: AdaptiveCubature.Cell) -> [AdaptiveCubature.Cell] {
    let distance = cell.center.replacing(with: -cell.center, where: cell.center .< .zero)
    let nearest = pointwiseMax(.zero, distance - cell.half)
    guard (nearest * nearest).sum() < radius * radius else { return [] }
    let isTooWide = strips.contains { strip in
      guard cell.half.x > 2 * strip.deviation else { return false }
      let middle = strip.middle + strip.slope * cell.center.y
      let reach = radius * strip.deviation + (strip.slope * cell.half.y).magnitude
      return (middle - cell.center.x).magnitude < cell.half.x + reach
    }
    return isTooWide ? cell.halves(across: 0).flatMap { fitted($0) } : [cell]
  }
}

extension SymmetricMatrix {
  /// The principal axes of the ellipse of one standard deviation, the longer first.
  /// - Precondition: the matrix is positive definite.
  fileprivate var principalAxes: (SIMD2<Double>, SIMD2<Double>) {
    precondition(isPositiveDefinite, "\(self) is not positive definite")
    let angle = Double.atan2(y: 2 * xy, x: xx - yy) / 2
    let (c, s) = (Double.cos(angle), Double.sin(angle))
    let (long, short) = positiveEigenvalues
    return (long.squareRoot() * SIMD2(c, s), short.squareRoot() * SIMD2(-s, c))
  }
}
