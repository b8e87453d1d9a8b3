/// Where mirrors at the walls of the unit box put a point of the plane: R of each coordinate.
/// Equations (7.25); Lou and Ermon 2023 (arXiv:2304.04740)
///
/// R(z) is z′ = z mod 2 up to 1, and 2 − z′ beyond: a particle that walks on and is mirrored at each wall that
/// it meets. Folding a Gaussian is an exact draw of a reflected diffusion, without any series.
package struct Fold: Sendable, Hashable {
  /// R(z), in the unit box.
  package let place: SIMD2<Double>
  /// R′(z): 1 after an even number of mirrors in a coordinate, −1 after an odd one.
  package let slope: SIMD2<Double>

  /// The fold of a point.
  /// - Precondition: it is finite.
  package init(_ point: SIMD2<Double>) {
    // A modulus that is never negative; the remainder of the C library has the sign of z.
    let turned = point - 2 * (0.5 * point).rounded(.down)
    let isMirrored = turned .> 1
    place = turned.replacing(with: 2 - turned, where: isMirrored)
    slope = SIMD2(repeating: 1).replacing(with: SIMD2(repeating: -1), where: isMirrored)
  }
}
