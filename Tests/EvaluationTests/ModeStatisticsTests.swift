import DiffusionProcess
import Evaluation
import PointClouds
import TestSupport
import Testing

@Suite("Modes of a mixture", .fixtures)
struct ModeStatisticsTests {
  @Test("Labels, distances, masses and likelihoods agree with the reference")
  func reference() throws {
    let fixture = try Fixture.load("metrics")
    for entry in fixture.modes.list {
      let mixture = GaussianMixture(fixture.gmms[entry.gmm.string])
      let samples = PointCloud(entry.X.points)
      let statistics = ModeStatistics(of: samples, mixture)
      #expect(statistics.labels == entry.mode_labels.list.map(\.int))
      for (value, expected) in zip(statistics.distances, entry.nearest_mode_mahalanobis.doubles) {
        #expect(isClose(value, expected, fixture.tolerance))
      }
      #expect(
        isClose(statistics.highQualityFraction, entry.high_quality_fraction.double, fixture.tolerance))
      #expect(statistics.coveredModes == entry.covered_modes.int)
      #expect(isClose(statistics.coverage, entry.mode_coverage.double, fixture.tolerance))
      for (value, expected) in zip(statistics.masses, entry.mode_mass_by_responsibility.doubles) {
        #expect(isClose(value, expected, fixture.tolerance))
      }
      #expect(isClose(statistics.massError(), entry.mode_mass_tv.double, fixture.tolerance))
      for (point, expected) in zip(samples.points, entry.nll_nats.doubles) {
        #expect(isClose(-mixture.logDensity(point), expected, fixture.tolerance))
      }
      #expect(
        isClose(
          negativeLogLikelihood(of: samples, under: mixture), entry.mean_nll_nats.double, fixture.tolerance
        ))
    }
  }

  @Test("Counts on a cloud made by hand")
  func byHand() {
    let mixture = GaussianMixture([
      .init(weight: 0.5, mean: SIMD2(0, 0), covariance: SymmetricMatrix(isotropic: 1)),
      .init(weight: 0.25, mean: SIMD2(100, 0), covariance: SymmetricMatrix(isotropic: 4)),
      .init(weight: 0.25, mean: SIMD2(0, 100), covariance: SymmetricMatrix(isotropic: 1)),
    ])
    // Two near the first mode, one at 2.5 and one at 3.5 deviations of the second, none near the third.
    let samples = PointCloud([SIMD2(0, 0), SIMD2(0, 1), SIMD2(105, 0), SIMD2(100, 7)])
    let statistics = ModeStatistics(of: samples, mixture)
    #expect(statistics.labels == [0, 0, 1, 1])
    #expect(statistics.distances == [0, 1, 2.5, 3.5])
    #expect(statistics.highQualityFraction == 0.75)
    #expect(statistics.coveredModes == 2)
    #expect(statistics.masses == [0.5, 0.5, 0])
    #expect(statistics.massError() == 0.25)
    #expect(statistics.massError(from: [0.5, 0.5, 0]) == 0)
  }

  @Test("Samples that huddle in the modes score below the entropy; 0.989 of true ones are within 3")
  func huddled() throws {
    let mixture = try #require(Toys.all.named("ring8")?.mixture)
    let samples = mixture.sample(count: 20_000, noise: NoiseSource(seed: 1, purpose: .truth))
    let entropy = mixture.entropy()
    // The log density has a deviation of 1 at each mode: five standard errors.
    #expect(abs(negativeLogLikelihood(of: samples, under: mixture) - entropy) < 5 / 20_000.0.squareRoot())
    let centres = PointCloud(mixture.components.map(\.mean))
    #expect(negativeLogLikelihood(of: centres, under: mixture) < entropy - 0.9)
    let share = ModeStatistics(of: samples, mixture).highQualityFraction
    // 1 − e^(−9/2), and five standard errors of a share.
    #expect(abs(share - 0.98889) < 5 * (0.98889 * 0.01111 / 20_000).squareRoot())
  }

  @Test("A sample covers the mode that is nearest in deviations, and counts for the likeliest")
  func nearestAndLikeliest() {
    let mixture = GaussianMixture([
      .init(weight: 0.5, mean: .zero, covariance: SymmetricMatrix(isotropic: 100)),
      .init(weight: 0.5, mean: SIMD2(20, 0), covariance: SymmetricMatrix(isotropic: 1)),
    ])
    // The second is 1.75 wide deviations from the first mode and 2.5 narrow ones from the other, whose density is
    // twenty times as large there.
    let statistics = ModeStatistics(of: PointCloud([.zero, SIMD2(17.5, 0)]), mixture)
    // The precision of 100 is rounded.
    #expect(statistics.distances[0] == 0 && isClose(statistics.distances[1], 1.75, 1e-15))
    #expect(statistics.labels == [0, 1] && statistics.masses == [0.5, 0.5])
    #expect(statistics.coveredModes == 1)
  }

  @Test("A sample exactly 3 deviations away is within 3")
  func exactlyThree() {
    let mixture = GaussianMixture.gaussian(mean: .zero, covariance: SymmetricMatrix(isotropic: 4))
    let statistics = ModeStatistics(of: PointCloud([SIMD2(0, 6)]), mixture)
    #expect(statistics.distances == [3])
    #expect(statistics.highQualityFraction == 1 && statistics.coveredModes == 1)
  }
}
