import PointClouds
import TestSupport
import Testing

@Suite("The mirror fold", .fixtures)
struct FoldTests {
  @Test("lands where the reference does, in the unit box and in [−1, 1]")
  func reference() throws {
    let fixture = try Fixture.load("reflected")
    let symmetric = DataBox(lower: SIMD2(-1, -1), upper: SIMD2(1, 1))
    for entry in fixture.fold.list {
      let x = entry.x.double
      let unit = entry.folded_to_unit_interval.double
      #expect(isClose(Fold(SIMD2(x, -x)).place, SIMD2(unit, unit), fixture.tolerance), "R is even: \(x)")
      let wide = entry.folded_to_minus1_1.double
      #expect(isClose(symmetric.folded(SIMD2(x, x)), SIMD2(wide, wide), fixture.tolerance), "\(x)")
    }
  }

  @Test("leaves the box alone, has period 2, and turns its slope at each wall")
  func walls() {
    for z in [0, 0.2, 0.5, 1.0] { #expect(Fold(SIMD2(z, z)).place == SIMD2(z, z)) }
    for (z, place, slope) in [
      (1.25, 0.75, -1.0), (1.75, 0.25, -1), (2.25, 0.25, 1), (-0.25, 0.25, -1), (-1.25, 0.75, 1),
      (-2.25, 0.25, -1), (101.25, 0.75, -1),
    ] {
      let fold = Fold(SIMD2(z, 0.5))
      #expect(fold.place == SIMD2(place, 0.5) && fold.slope == SIMD2(slope, 1), "\(z)")
    }
    // Rounding of −1e-300 modulo 2 to 2 itself must not leave the box.
    for z in [-1e-300, -1e-20, 1e17, -1e17] { #expect(DataBox.unit.contains(Fold(SIMD2(z, z)).place)) }
  }
}
