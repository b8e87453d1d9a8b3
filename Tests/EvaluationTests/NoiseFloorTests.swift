import DiffusionProcess
import Evaluation
import Parallelism
import PointClouds
import TestSupport
import Testing
import TinyNetwork

@Suite("Noise floors", .fixtures)
struct NoiseFloorTests {
  @Test("Floors of every metric agree with the reference, and with the expectations in closed form")
  func reference() throws {
    let fixture = try Fixture.load("noise_floor")
    let directions = fixture.L.int
    for entry in fixture.floors_by_sample_size.list {
      let mixture = GaussianMixture(fixture.gmms[entry.gmm.string])
      let count = entry.n.int
      let bandwidth = entry.mmd_bandwidth.double
      let repetitions = count > 1000 ? 6 : 16
      let names = Set(entry.floors.members.keys)
      let orders = try names.filter { $0.hasPrefix("precision_k") }.map {
        try #require(Int($0.dropFirst("precision_k".count)))
      }
      let found = ThreadTeam.map(repetitions) { r in
        func draw(_ seed: Int) -> PointCloud {
          mixture.sample(count: count, noise: NoiseSource(seed: UInt64(seed), purpose: .truth))
        }
        let (x, y) = (draw(2 * r), draw(2 * r + 1))
        var values = [
          "sliced_w2": slicedWasserstein(x, y, directions: directions),
          "energy_v": energyDistance(x, y),
          "energy_u": energyDistance(x, y, unbiased: true),
          "mmd2_biased": meanDiscrepancy(x, y, bandwidth: bandwidth),
          "mmd2_unbiased": meanDiscrepancy(x, y, bandwidth: bandwidth, unbiased: true),
          "mode_mass_tv": ModeStatistics(of: x, mixture).massError(),
          "nll": negativeLogLikelihood(of: x, under: mixture),
        ]
        if names.contains("w2") { values["w2"] = wasserstein(x, y) }
        for k in orders {
          let scores = NeighbourScores(of: y, truth: x, neighbours: k)
          values["precision_k\(k)"] = scores.precision
          values["recall_k\(k)"] = scores.recall
        }
        return values
      }
      #expect(Set(found[0].keys) == names)
      for (name, floor) in entry.floors.members {
        let values = found.compactMap { $0[name] }
        let ours = RepeatedMeasure(values)
        let error = floor.std.double / Double(repetitions).squareRoot()
        let both = (error * error + floor.standard_error.double * floor.standard_error.double).squareRoot()
        // The difference of two means, both scattered: 4.5 deviations for some fifty comparisons.
        #expect(abs(ours.mean - floor.mean.double) < 4.5 * both, "\(entry.path) \(name): \(ours)")
        // A deviation of six values is less than 2.4 times the true one but for one time in a hundred thousand, and
        // more than a tenth of it.
        #expect(
          ours.standardDeviation > 0.1 * floor.std.double && ours.standardDeviation < 2.4 * floor.std.double,
          "\(name)")
        // Nine of ten values are between the quantiles, which are themselves those of 20 to 200 values.
        let between = floor.quantile_05.double...floor.quantile_95.double
        #expect(3 * values.count { between.contains($0) } > values.count, "\(entry.path) \(name)")
      }
      for (name, expectation) in [
        ("energy_v", entry.theory.energy_v_expectation),
        ("mmd2_biased", entry.theory.mmd2_biased_expectation),
        ("mode_mass_tv", entry.theory.mode_mass_tv_expectation_if_modes_do_not_overlap),
      ] where !expectation.isNull {
        let ours = RepeatedMeasure(found.compactMap { $0[name] })
        let error = entry.floors[name].std.double / Double(repetitions).squareRoot()
        #expect(abs(ours.mean - expectation.double) < 4.5 * error, "\(entry.path) \(name)")
      }
      if !entry.theory.mean_distance_of_two_draws.isNull {
        // E‖X − X′‖, of which the expectation of the V-statistic is 2/n times as much.
        let mean = entry.theory.mean_distance_of_two_draws.double
        #expect(isClose(entry.theory.energy_v_expectation.double, 2 * mean / Double(count), 1e-12))
      }
    }
  }
}
