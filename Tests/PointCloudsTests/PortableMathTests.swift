import Testing

@testable import PointClouds

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite("Portable elementary functions")
struct PortableMathTests {
  /// Positive numbers spread over many powers of two and, closer, around 1.
  private static let arguments: [Double] = {
    let noise = NoiseSource(seed: 7, purpose: .data)
    return (0..<20_000).flatMap { i in
      let u = noise.uniform(particle: i)
      let wide = Double(sign: .plus, exponent: Int(u.x * 120) - 60, significand: 1 + u.y)
      return [wide, 0.5 + u.x, 1 + (u.y - 0.5) * 1e-6]
    }
  }()

  @Test("the logarithm is within 2 units in the last place of the system's")
  func logarithm() {
    // The system's is itself within 1 unit; the claim of 2 leaves 1 for it.
    for x in Self.arguments {
      let expected = log(x)
      #expect(abs(PortableMath.log(x) - expected) <= 3 * expected.ulp, "log \(x)")
    }
  }

  @Test("the logarithm of 1 is 0, and of powers of two a multiple of ln 2")
  func logarithmOfPowers() {
    #expect(PortableMath.log(1) == 0)
    for k in [-1000, -60, -2, -1, 1, 2, 10, 1000] {
      let x = Double(sign: .plus, exponent: k, significand: 1)
      let expected = Double(k) * 0.693_147_180_559_945_309_4
      #expect(abs(PortableMath.log(x) - expected) <= 2 * expected.ulp, "log 2^\(k)")
    }
  }

  @Test("the exponential is within 2 units in the last place of the system's")
  func exponential() {
    #expect(PortableMath.exp(0) == 1)
    let noise = NoiseSource(seed: 8, purpose: .data)
    for i in 0..<20_000 {
      let u = noise.uniform(particle: i)
      for x in [1400 * (u.x - 0.5), 4 * (u.y - 0.5)] {
        let expected = exp(x)
        // One more unit for the system's own rounding.
        #expect(abs(PortableMath.exp(x) - expected) <= 3 * expected.ulp, "exp \(x)")
      }
    }
  }

  @Test("the cube root is within 2 units in the last place, of either sign, and of 0 and infinity too")
  func cubeRoot() {
    for x in Self.arguments {
      let (root, expected) = (PortableMath.cubeRoot(x), cbrt(x))
      // One more unit for the system's own rounding.
      #expect(abs(root - expected) <= 3 * expected.ulp, "cube root of \(x)")
      #expect(PortableMath.cubeRoot(-x) == -root)
    }
    #expect(PortableMath.cubeRoot(27) == 3 && PortableMath.cubeRoot(0) == 0)
    #expect(PortableMath.cubeRoot(-.infinity) == -.infinity && PortableMath.cubeRoot(.nan).isNaN)
  }

  @Test("the exponential undoes the logarithm")
  func inverse() {
    for x in Self.arguments where x > 0.1 && x < 10 {
      // |log x| < 2.4, so an error of 2 ulp in it is at most 1e-15 relative in x.
      #expect(abs(PortableMath.exp(PortableMath.log(x)) / x - 1) <= 2e-15)
    }
  }

  @Test("sine and cosine are within 1e-15 of the system's")
  func sineAndCosine() {
    let noise = NoiseSource(seed: 9, purpose: .data)
    for i in 0..<20_000 {
      let turns = noise.uniform(particle: i).x
      let (sine, cosine) = PortableMath.sineCosine(turns: turns)
      // 2π·turns is rounded before the system sees it, by up to half an ulp of it; within an eighth of a
      // turn that is below 1e-16, so compare there and reduce exactly first.
      let eighth = turns / 8
      let (s, c) = PortableMath.sineCosine(turns: eighth)
      #expect(abs(s - sin(2 * Double.pi * eighth)) <= 1e-15)
      #expect(abs(c - cos(2 * Double.pi * eighth)) <= 1e-15)
      #expect(abs(sine * sine + cosine * cosine - 1) <= 1e-15)
    }
  }

  @Test("sine and cosine are exact at quarter turns and agree across them")
  func quarterTurns() {
    let expected: [(Double, Double)] = [(0, 1), (1, 0), (0, -1), (-1, 0)]
    for quarter in -8...8 {
      let (sine, cosine) = PortableMath.sineCosine(turns: Double(quarter) / 4)
      let (s, c) = expected[((quarter % 4) + 4) % 4]
      #expect(sine == s && cosine == c, "at \(quarter) quarters")
    }
    for k in 0..<64 {
      let turns = Double(k) / 256
      let (s, c) = PortableMath.sineCosine(turns: turns)
      let quarterOn = PortableMath.sineCosine(turns: turns + 0.25)
      #expect(quarterOn.sine == c || abs(quarterOn.sine - c) <= 1e-15)
      #expect(quarterOn.cosine == -s || abs(quarterOn.cosine + s) <= 1e-15)
    }
    let thirty = PortableMath.sineCosine(turns: 1.0 / 12)
    #expect(abs(thirty.sine - 0.5) <= 1e-15)
  }
}
