import DiffusionProcess
import PointClouds
import TestSupport
import Testing

@Suite("Three moments", .fixtures)
struct MomentsTests {
  static let level = NoiseLevel(signal: 0.6, noise: 0.8)
  static let three = GaussianMixture([
    .init(weight: 0.5, mean: SIMD2(-1.2, 0.4), covariance: SymmetricMatrix(xx: 0.3, xy: 0.12, yy: 0.1)),
    .init(weight: 0.3, mean: SIMD2(1, 1.1), covariance: SymmetricMatrix(xx: 0.08, xy: -0.05, yy: 0.2)),
    .init(weight: 0.2, mean: SIMD2(0.6, -1.3), covariance: SymmetricMatrix(xx: 0.25, xy: 0.03, yy: 0.05)),
  ])

  private func close(_ a: ElementwiseMoments, _ b: ElementwiseMoments, _ tolerance: Double) -> Bool {
    isClose(a.mean, b.mean, tolerance) && isClose(a.variance, b.variance, tolerance)
      && isClose(a.third, b.third, tolerance)
  }

  @Test("of two points are those of the textbook, and survive the way to raw moments and back")
  func twoPoints() {
    // 3 with probability ¼, else −1: mean 0, variance 3, third moment 6.
    let moments = ElementwiseMoments(
      raw: SIMD2(0, 1), SIMD2(3, 4), SIMD2(6, 1 + 3 * 3 + 6))  // the second coordinate is one further right
    #expect(moments.mean == SIMD2(0, 1))
    #expect(moments.variance == SIMD2(3, 3) && moments.third == SIMD2(6, 6))
    #expect(isClose(moments.skewness, SIMD2(repeating: 2 / 3.0.squareRoot()), 1e-15))
    let raw = moments.raw
    #expect(close(ElementwiseMoments(raw: raw.first, raw.second, raw.third), moments, 1e-15))
    #expect(ElementwiseMoments(mean: .zero, variance: .zero, third: .zero).skewness == .zero)
  }

  @Test("of a sum and a multiple follow from the moments, as those of a point set do")
  func rules() {
    // Skewed numbers, scaled, and each with an independent ±1 beside it, of variance 1 and no third moment.
    let values: [Double] = [0, 0, 0, 1, 5, -2, 0.5]
    func moments(_ x: [Double]) -> ElementwiseMoments {
      var (first, second, third) = (0.0, 0.0, 0.0)
      for value in x {
        first += value
        second += value * value
        third += value * value * value
      }
      func mean(_ sum: Double) -> SIMD2<Double> { SIMD2(repeating: sum / Double(x.count)) }
      return ElementwiseMoments(raw: mean(first), mean(second), mean(third))
    }
    let found = moments(values).scaled(by: -0.7, plus: SIMD2(2, 2)).plusNoise(variance: 1)
    let moved: [Double] = values.map { 2 - 0.7 * $0 }
    let both = moved.map { $0 + 1 } + moved.map { $0 - 1 }
    // Rounding of raw moments of up to 30.
    #expect(close(found, moments(both), 1e-13))
  }

  @Test("of one Gaussian are its mean and the diagonal of its covariance, and the third is 0")
  func gaussian() {
    let covariance = SymmetricMatrix(xx: 1.1, xy: 0.4, yy: 0.5)
    let gaussian = Gaussian(mean: SIMD2(1, -2), covariance: covariance)
    let mixture = GaussianMixture.gaussian(mean: SIMD2(1, -2), covariance: covariance)
    let noisy = NoiseSource(seed: 1, purpose: .data).normalCloud(count: 10)
    let expected = gaussian.posteriorCovariance(at: Self.level)
    for (a, b) in zip(
      gaussian.moments(noisy, at: Self.level), mixture.moments(noisy, at: Self.level))
    {
      #expect(a.third == .zero && b.third == .zero)
      #expect(a.variance == SIMD2(expected.xx, expected.yy))
      #expect(close(b, a, 1e-13))
    }
  }

  @Test("of a mixture agree with its mean and its covariance")
  func mixture() {
    let noisy = NoiseSource(seed: 2, purpose: .data).normalCloud(count: 30)
    let diffused = Self.three.diffused(to: Self.level)
    for (x, moments) in zip(noisy.points, Self.three.moments(noisy, at: Self.level)) {
      let covariance = diffused.posteriorCovariance(x)
      #expect(isClose(moments.mean, diffused.posteriorMean(x), 1e-14))
      #expect(isClose(moments.variance, SIMD2(covariance.xx, covariance.yy), 1e-13))
    }
  }

  @Test("of a point set are weighted sums over its points")
  func pointSet() {
    let data = NoiseSource(seed: 3, purpose: .data).normalCloud(count: 7).map { $0 * $0 }
    let oracle = PointSetOracle(data)
    let noisy = NoiseSource(seed: 4, purpose: .data).normalCloud(count: 10)
    for (x, moments) in zip(noisy.points, oracle.moments(noisy, at: Self.level)) {
      // By brute force: Gaussians around every point, without any care for overflow.
      let weights = data.points.map { point -> Double in
        let d = x - Self.level.signal * point
        return PortableMath.exp(-(d * d).sum() / (2 * 0.64))
      }
      let total = weights.reduce(0, +)
      func raw(_ power: (SIMD2<Double>) -> SIMD2<Double>) -> SIMD2<Double> {
        zip(weights, data.points).reduce(.zero) { $0 + $1.0 / total * power($1.1) }
      }
      let expected = ElementwiseMoments(raw: raw { $0 }, raw { $0 * $0 }, raw { $0 * $0 * $0 })
      // Raw third moments of up to some tens cancel.
      #expect(close(moments, expected, 1e-12))
    }
  }

  @Test("of the reverse step are those of the exact transition, a mixture")
  func reverseStep() {
    let noisy = NoiseSource(seed: 5, purpose: .data).normalCloud(count: 20)
    let target = NoiseLevel(signal: 0.9, noise: 0.5)
    for (x, moments) in zip(
      noisy.points, Self.three.reverseMoments(noisy, from: Self.level, to: target))
    {
      let transition = Self.three.reverseTransition(x, from: Self.level, to: target)
      #expect(isClose(moments.mean, transition.mean, 1e-14))
      let covariance = transition.covariance
      #expect(isClose(moments.variance, SIMD2(covariance.xx, covariance.yy), 1e-13))
      var third = SIMD2<Double>.zero
      for component in transition.components {
        let d = component.mean - transition.mean
        let own = SIMD2(component.covariance.xx, component.covariance.yy)
        third += component.weight * d * (d * d + 3 * own)
      }
      #expect(isClose(moments.third, third, 1e-13))
    }
  }

  @Test("agree with the reference, every case and every field")
  func reference() throws {
    let fixture = try Fixture.load("gms_moments")
    let (share, floor) = (fixture.first_weight.double, fixture.variance_floor_fraction.double)
    let largest = SkewedPair.largestSkewness(share: share)
    #expect(isClose(largest, fixture.largest_matchable_absolute_skewness.double, 1e-14))
    if Fixture.isOwnFolder { #expect(share == SkewedPair.share && floor == SkewedPair.varianceFloor) }
    for entry in fixture.cases.list {
      let schedule = try DiscreteSchedule(entry, of: fixture)
      let oracle = GaussianMixture(fixture.gmms[entry.gmm.string])
      let (from, to) = (schedule.level(step: entry.t.int), schedule.level(step: entry.s.int))
      let posterior = ReversePosterior(from: from, to: to)
      #expect(isClose(posterior.noisyCoefficient, entry.A.double, 1e-12), "\(entry.path)")
      #expect(isClose(posterior.cleanCoefficient, entry.B.double, 1e-12), "\(entry.path)")
      #expect(isClose(posterior.variance, entry.V.double, 1e-12), "\(entry.path)")
      let x = PointCloud([entry.xt.point])
      func compare(_ moments: ElementwiseMoments, _ raw: Fixture) {
        let ours = moments.raw
        // Moments, unlike the fit, agree to 1e-9.
        #expect(isClose(ours.first, raw[0].point, 1e-9), "\(raw.path)")
        #expect(isClose(ours.second, raw[1].point, 1e-9), "\(raw.path)")
        #expect(isClose(ours.third, raw[2].point, 1e-9), "\(raw.path)")
      }
      compare(oracle.noiseMoments(x, at: from)[0], entry.eps_moments_1_2_3)
      compare(oracle.moments(x, at: from)[0], entry.x0_moments_1_2_3)
      let moments = oracle.reverseMoments(x, from: from, to: to)[0]
      #expect(isClose(moments.mean, entry.xs_mean.point, 1e-9), "\(entry.path)")
      #expect(isClose(moments.variance, entry.xs_variance.point, 1e-9), "\(entry.path)")
      #expect(isClose(moments.third, entry.xs_third_central_moment.point, 1e-9), "\(entry.path)")
      #expect(isClose(moments.skewness, entry.xs_skewness.point, 1e-9), "\(entry.path)")
      let pairs = moments.skewedPairs
      for (j, expected) in entry.fit_per_coordinate.list.enumerated() {
        let fit = SkewedPair(
          mean: moments.mean[j], variance: moments.variance[j], third: moments.third[j], share: share,
          varianceFloor: floor)
        if Fixture.isOwnFolder { #expect(fit == [pairs.x, pairs.y][j]) }
        // A cube root of the third moment: its rounding counts by its root.
        let tolerance = fixture.tolerance
        #expect(isClose(fit.first, expected.mean_first.double, tolerance), "\(expected.path)")
        #expect(isClose(fit.second, expected.mean_second.double, tolerance), "\(expected.path)")
        #expect(isClose(fit.variance, expected.shared_variance.double, tolerance), "\(expected.path)")
        #expect(
          isClose(fit.moments(share: share).third, expected.matched_third_central_moment.double, 1e-9),
          "\(expected.path)")
        #expect(fit.isFeasible == expected.feasible.bool, "\(expected.path)")
      }
    }
  }

  @Test("beyond what a pair of Gaussians can have are as frequent as the reference says")
  func infeasibleFraction() throws {
    let fixture = try Fixture.load("gms_moments")
    let count = 1500
    for entry in fixture.infeasible_fraction.list {
      let schedule = try DiscreteSchedule(entry, of: fixture)
      let oracle = GaussianMixture(fixture.gmms[entry.gmm.string])
      let (from, to) = (schedule.level(step: entry.t.int), schedule.level(step: entry.s.int))
      let noisy = from.noisy(
        oracle.sample(count: count, noise: NoiseSource(seed: 1, purpose: .data)),
        noise: NoiseSource(seed: 1, purpose: .forward))
      let beyond = oracle.reverseMoments(noisy, from: from, to: to).count {
        pointwiseMax($0.skewness, -$0.skewness).max() > fixture.largest_matchable_absolute_skewness.double
      }
      let (fraction, theirs) = (Double(beyond) / Double(count), entry.fraction.double)
      // Four standard errors of ours, and of theirs; where the share is nearly 0 one point more or less says nothing.
      let error =
        (theirs * (1 - theirs) / Double(count)).squareRoot() + entry.standard_error.double + 1 / Double(count)
      #expect(abs(fraction - theirs) <= 4 * error, "\(entry.path): \(fraction)")
    }
  }
}

extension ElementwiseMoments {
  /// The moments with the raw moments E[x], E[x²] and E[x³].
  fileprivate init(raw first: SIMD2<Double>, _ second: SIMD2<Double>, _ third: SIMD2<Double>) {
    self.init(
      mean: first, variance: second - first * first,
      third: third - 3 * first * second + 2 * first * first * first)
  }

  /// The raw moments E[x], E[x²] and E[x³].
  fileprivate var raw: (first: SIMD2<Double>, second: SIMD2<Double>, third: SIMD2<Double>) {
    (mean, mean * mean + variance, mean * mean * mean + 3 * mean * variance + third)
  }
}

extension MomentDenoiser {
  /// The moments of ε | x_t of every noisy point; their raw form is E[ε^⊙k | x_t].  Equations (7.14), (10.7)
  /// - Precondition: the level has noise.
  fileprivate func noiseMoments(_ noisy: PointCloud, at level: NoiseLevel) -> [ElementwiseMoments] {
    precondition(level.noise > 0, "at noise 0 there is no noise to have moments")
    return zip(noisy.points, moments(noisy, at: level)).map { x, clean in
      clean.scaled(by: -level.signal / level.noise, plus: x / level.noise)  // ε = (x − a·x₀) / s
    }
  }
}
