/// A point of the plane reflected at the walls of the unit box: R(z) of each coordinate.
/// Equations (7.25); Lou and Ermon 2023 (arXiv:2304.04740)
///
/// With z′ = z mod 2, R(z) is z′ if z′ ≤ 1 and 2 − z′ otherwise: the place of a particle that is reflected at every
/// wall that it meets. Folding a Gaussian draw gives an exact draw of a reflected diffusion, without any series.
package struct Fold: Sendable, Hashable {
  /// R(z), a point of the unit box.
  package let place: SIMD2<Double>
  /// R′(z) of each coordinate: 1 after an even number of reflections, −1 after an odd number.
  package let slope: SIMD2<Double>

  /// The fold of a point.
  /// - Precondition: the point is finite.
  package init(_ point: SIMD2<Double>) {
    // A modulus that is never negative, while the C library's remainder has the sign of z.
    let turned = point - 2 * (0.5 * point).rounded(.down)
    let isMirrored = turned .> 1
    place = turned.replacing(with: 2 - turned, where: isMirrored)
    slope = SIMD2(repeating: 1).replacing(with: SIMD2(repeating: -1), where: isMirrored)
  }
}
