import PointClouds
import TestSupport
import Testing

@testable import Plotting

@Suite("Fields")
struct FieldTests {
  let limits = Limits(center: SIMD2(1, -1), halfSide: 4)

  @Test("The estimated density of a cloud sums to one")
  func densitySumsToOne() {
    let cloud = NoiseSource(seed: 2, purpose: .data).normalCloud(count: 500).map { 0.3 * $0 + SIMD2(1, -1) }
    let field = ScalarField(densityOf: cloud, over: limits, size: 64)
    let cell = 8.0 / 64
    // Nothing comes near the window's edge, and the kernel's weights sum to one: only rounding is left.
    #expect(isClose(field.values.reduce(0, +) * cell * cell, 1, 1e-12))
  }

  @Test("One point's density is highest in its cell, and as high as a Gaussian's")
  func onePoint() {
    let field = ScalarField(
      densityOf: PointCloud([SIMD2(1.03, 0.03)]), over: limits, size: 128, bandwidth: 0.5)
    let peak = field.values.firstIndex(of: field.maximum)
    #expect(peak == 80 * 128 + 64)  // (1.03, 0.03) is 4.03 and 5.03 from the corner, cells are 1/16 wide
    // 1 / (2π · 0.25); 1e-3 for the kernel's cut at four deviations.
    #expect(isClose(field.maximum, 0.636_62, 1e-3))
  }

  @Test("A field's rows go up, its raster's rows go down")
  func orientation() {
    let field = ScalarField(over: Limits(center: .zero, halfSide: 1), size: 2) { $0.y > 0 ? 1 : 0 }
    #expect(field.values == [0, 0, 1, 1])
    let raster = field.raster(
      in: Rect(x: 0, y: 0, width: 2, height: 2), ramp: Theme.light.density, top: 1)
    #expect(Array(raster.pixels.suffix(3)) == [255, 255, 255])
    #expect(Array(raster.pixels.prefix(3)) != [255, 255, 255])
  }

  @Test("An arrow points where its vector points: up is up on the page")
  func arrows() {
    let field = VectorField(over: limits, size: 1) { _ in PointCloud([SIMD2(0, 2)]) }
    let plot = Plot(frame: Rect(x: 0, y: 0, width: 100, height: 100), limits: limits)
    guard
      case .shape(let shafts) = Drawing.Item.arrows(field, in: plot, color: Theme.light.ink)[0],
      case .shape(let heads) = Drawing.Item.arrows(field, in: plot, color: Theme.light.ink)[1]
    else {
      Issue.record("arrows are shafts, then heads")
      return
    }
    let (tail, neck, tip) = (shafts.outlines[0][0], shafts.outlines[0][1], heads.outlines[0][0])
    #expect(tail.x == 50 && neck.x == 50 && tip.x == 50)
    #expect(tail.y > neck.y && neck.y > tip.y)
  }

  @Test("Vectors of no length and vectors that are no numbers leave no arrow")
  func noArrows() {
    let plot = Plot(frame: Rect(x: 0, y: 0, width: 100, height: 100), limits: limits)
    for vector in [SIMD2<Double>.zero, SIMD2(.nan, 1), SIMD2(.infinity, 0)] {
      let field = VectorField(over: limits, size: 1) { _ in PointCloud([vector]) }
      #expect(Drawing.Item.arrows(field, in: plot, color: Theme.light.ink).isEmpty)
    }
  }
}
