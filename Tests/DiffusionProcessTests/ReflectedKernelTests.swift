import PointClouds
import RealModule
import TestSupport
import Testing

@testable import DiffusionProcess

@Suite("The reflected kernel", .fixtures)
struct ReflectedKernelTests {
  private static let sigmas = [0.02, 0.1, 0.3, 0.499, 0.5, 0.8, 1.5]

  /// ∫₀¹ f by the trapezoid rule, which for functions that mirror at both ends converges faster than any power.
  private func integral(_ f: (Double) -> Double) -> Double {
    let n = 1000
    let inner = (1..<n).reduce(0.0) { $0 + f(Double($1) / Double(n)) }
    return (inner + 0.5 * (f(0) + f(1))) / Double(n)
  }

  @Test("has the density and the score of the reference, and on [−1, 1] half of both at half the noise")
  func reference() throws {
    let fixture = try Fixture.load("reflected")
    for entry in fixture.kernel_1d.list {
      let kernel = ReflectedKernel(sigma: entry.sigma.double)
      let (x, y) = (entry.x.double, entry.x0.double)
      // Relative where the density is tiny, in the far tail.
      let density = entry.density.double
      #expect(abs(kernel.density(x, given: y) - density) <= fixture.tolerance * density, "\(entry.path)")
      #expect(isClose(kernel.score(x, given: y), entry.score.double, fixture.tolerance), "\(entry.path)")
    }
    let wide = fixture.minus1_1_scaling
    let kernel = ReflectedKernel(sigma: wide.sigma.double / 2)
    let (x, y) = ((wide.x.double + 1) / 2, (wide.x0.double + 1) / 2)
    #expect(isClose(kernel.density(x, given: y) / 2, wide.density.double, fixture.tolerance))
    #expect(isClose(kernel.score(x, given: y) / 2, wide.score.double, fixture.tolerance))
  }

  @Test("is as far from uniform as the reference, and nowhere further than at x = y = 0")
  func uniformity() throws {
    let fixture = try Fixture.load("reflected")
    for entry in fixture.uniformity.list {
      let kernel = ReflectedKernel(sigma: entry.sigma.double)
      let bound = kernel.distanceFromUniform
      #expect(isClose(bound, entry.max_abs_deviation_from_1.double, fixture.tolerance), "\(entry.path)")
      #expect(isClose(kernel.density(0, given: 0) - 1, bound, 1e-12 * (1 + bound)))
      for k in 0...10 { #expect(abs(kernel.density(Double(k) / 10, given: 0.3) - 1) <= bound) }
    }
  }

  @Test("sums to 1", arguments: sigmas)
  func normalized(sigma: Double) {
    let kernel = ReflectedKernel(sigma: sigma)
    // A thousand terms of size up to 1/σ.
    for y in [0, 0.03, 0.5, 0.77, 1] { #expect(abs(integral { kernel.density($0, given: y) } - 1) < 1e-12) }
  }

  @Test("is the same by images and by eigenfunctions around the σ where they are exchanged")
  func seriesAgree() {
    for sigma in [0.4, 0.45, 0.5, 0.55] {
      let kernel = ReflectedKernel(sigma: sigma)
      for x in stride(from: 0.0, through: 1, by: 0.1) {
        for y in [0, 0.21, 0.5, 0.9, 1] {
          let images = kernel.images(x, given: y)
          let waves = kernel.eigenfunctions(x, given: y)
          let scale = PortableMath.exp(images.exponent)
          // Eigenfunctions of size 1 cancel to K ≥ 0.04; the slopes are some 10 times larger.
          #expect(isClose(scale * images.value, waves.value, 1e-13))
          #expect(isClose(scale * images.slope, waves.slope, 1e-12))
        }
      }
    }
  }

  @Test("has a score that is the slope of its logarithm, and 0 at the walls", arguments: sigmas)
  func score(sigma: Double) {
    let kernel = ReflectedKernel(sigma: sigma)
    let h = 1e-4 * min(sigma, 0.3)
    for y in [0, 0.1, 0.5, 0.8, 1] {
      for x in [0.02, 0.3, 0.6, 0.97] {
        let difference = (kernel.logDensity(x + h, given: y) - kernel.logDensity(x - h, given: y)) / (2 * h)
        // The third derivative is at most some d³/σ⁶ where two images meet; else the scale is 1/σ².
        #expect(isClose(kernel.score(x, given: y), difference, 1e-5 / (sigma * sigma)), "\(x) \(y)")
      }
      // Pairs of images cancel to the last bits of numbers of size 1/σ².
      for wall in [0.0, 1.0] { #expect(abs(kernel.score(wall, given: y)) < 1e-12 / (sigma * sigma)) }
    }
  }

  @Test("in the far tail has a finite logarithm and the pull of the nearest image")
  func farTail() {
    let kernel = ReflectedKernel(sigma: 0.01)
    #expect(kernel.density(1, given: 0) == 0, "e^−5000 is no Double")
    // Both ends double the images: four at distance 1.
    let logDensity = -5000 - PortableMath.log(0.01 * (2 * Double.pi).squareRoot()) + PortableMath.log(4)
    #expect(isClose(kernel.logDensity(1, given: 0), logDensity, 1e-14))
    #expect(isClose(kernel.score(0.9, given: 0), -0.9 / 1e-4, 1e-12))
  }

  @Test("follows itself: σ₁ and then σ₂ are √(σ₁² + σ₂²)")
  func semigroup() {
    for (first, second) in [(0.1, 0.2), (0.3, 0.4), (0.45, 0.5), (0.2, 1.0)] {
      let (a, b) = (ReflectedKernel(sigma: first), ReflectedKernel(sigma: second))
      let both = ReflectedKernel(sigma: (first * first + second * second).squareRoot())
      for (x, y) in [(0.0, 0.0), (0.2, 0.7), (0.5, 0.5), (1, 0.9)] {
        let convolved = integral { b.density(x, given: $0) * a.density($0, given: y) }
        #expect(isClose(convolved, both.density(x, given: y), 1e-12))
      }
    }
  }
}

extension ReflectedKernel {
  /// How far K_σ is from uniform at most: sup |K_σ − 1| = 2 Σ e^(−k²π²σ²/2), reached at x = y = 0.
  var distanceFromUniform: Double {
    var sum = 0.0
    var k = 1.0
    while true {
      let term = Double.exp(-0.5 * (k * .pi * sigma) * (k * .pi * sigma))
      sum += term
      if term <= 1e-18 * sum { return 2 * sum }
      k += 1
    }
  }
}
