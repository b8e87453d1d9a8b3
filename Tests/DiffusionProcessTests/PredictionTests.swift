import DiffusionProcess
import PointClouds
import RealModule
import TestSupport
import Testing

@Suite("Predictions", .fixtures)
struct PredictionTests {
  static let clean = SIMD2(0.7, -1.1)
  static let epsilon = SIMD2(-0.4, 0.9)

  @Test("Every prediction of the truth converts back to x₀, on every chain", arguments: Prediction.allCases)
  func roundTrip(_ prediction: Prediction) {
    for entry in DiscreteSchedule.all {
      let schedule = entry.make(20)
      let table = PredictionTable(prediction, schedule: schedule)
      for t in 1...20 where table.squaredCleanFactor(at: schedule.levels[t]).isFinite {
        let level = schedule.levels[t]
        let c = table.cleanCoefficients(at: level)
        let target = table.target(clean: Self.clean, epsilon: Self.epsilon, at: level)
        let back = c.noisy * level.noisy(Self.clean, Self.epsilon) + c.output * target
        // Rounding of x_t, which a division by the signal and by what the prediction leaves of x₀ multiplies.
        let (ofClean, ofNoise) = table.coefficients(at: level)
        let amplified =
          abs(c.noisy) * (level.signal + level.noise)
          + abs(c.output) * (ofClean * ofClean + ofNoise * ofNoise).squareRoot()
        #expect(isClose(back, Self.clean, 1e-15 * (4 + amplified)), "\(entry.name) at \(t)")
      }
    }
  }

  @Test("Scaling x_t and the level together changes no answer", arguments: Prediction.allCases)
  func normalized(_ prediction: Prediction) throws {
    for name in ["cosine", "flow", "sub-vp", "ve"] {
      let schedule = try #require(DiscreteSchedule.named(name, steps: 10))
      let table = PredictionTable(prediction, schedule: schedule)
      for t in 1...9 {
        let level = schedule.levels[t]
        let norm = (level.signal * level.signal + level.noise * level.noise).squareRoot()
        let scaled = NoiseLevel(signal: level.signal / norm, noise: level.noise / norm)
        let target = table.target(clean: Self.clean, epsilon: Self.epsilon, at: scaled)
        let c = table.cleanCoefficients(at: scaled)
        let back = c.noisy * (level.noisy(Self.clean, Self.epsilon) / norm) + c.output * target
        // The amplification of the chain's noisier levels times a few roundings.
        #expect(isClose(back, Self.clean, 1e-12), "\(name) at \(t)")
      }
    }
  }

  @Test("Between two steps of a chain the table lies between theirs, beyond its ends at the end")
  func interpolation() {
    let schedule = DiscreteSchedule.cosine(steps: 10)
    for prediction in [Prediction.velocity, .mean] {
      let table = PredictionTable(prediction, schedule: schedule)
      let (a, b) = (
        table.coefficients(at: schedule.levels[4]), table.coefficients(at: schedule.levels[5])
      )
      let between = table.coefficients(
        at: NoiseLevel(
          signal: (schedule.levels[4].signal + schedule.levels[5].signal) / 2,
          noise: (schedule.levels[4].noise + schedule.levels[5].noise) / 2))
      #expect((min(a.clean, b.clean)...max(a.clean, b.clean)).contains(between.clean))
      #expect((min(a.noise, b.noise)...max(a.noise, b.noise)).contains(between.noise))
      let first = table.coefficients(at: schedule.levels[1])
      #expect(table.coefficients(at: NoiseLevel(signal: 1, noise: 1e-9)) == first)
    }
    // Rectified flow has one velocity everywhere.
    let flow = PredictionTable(.velocity, schedule: DiscreteSchedule(sampling: RectifiedFlow(), steps: 7))
    #expect(flow.coefficients(at: NoiseLevel(signal: 0.31, noise: 0.4)) == (-1, 1))
    #expect(flow.coefficients(at: NoiseLevel(signal: 0, noise: 1)) == (-1, 1))
  }

  @Test("Squared errors of ε and x₀ are those of each prediction times known factors")
  func factors() {
    let level = NoiseLevel(signal: 0.6, noise: 0.8)
    let schedule = DiscreteSchedule.cosine(steps: 10)
    let snr = 0.5625
    let epsilon = PredictionTable(.epsilon, schedule: schedule)
    // Equations (5.2), read from right to left.
    #expect(isClose(1 / epsilon.squaredCleanFactor(at: level), snr, 1e-15))
    #expect(
      isClose(1 / PredictionTable(.v, schedule: schedule).squaredCleanFactor(at: level), snr + 1, 1e-15))
    #expect(PredictionTable(.clean, schedule: schedule).squaredCleanFactor(at: level) == 1)
    let score = PredictionTable(.score, schedule: schedule)
    #expect(isClose(score.squaredNoiseFactor(at: level), 0.64, 1e-15))
    let flow = PredictionTable(.velocity, schedule: DiscreteSchedule(sampling: RectifiedFlow(), steps: 10))
    #expect(isClose(flow.squaredCleanFactor(at: NoiseLevel(signal: 0.7, noise: 0.3)), 0.09, 1e-15))
    // Without signal ε is x_t itself, and says nothing of x₀.
    let end = NoiseLevel(signal: 0, noise: 1)
    #expect(epsilon.squaredNoiseFactor(at: end) == 1)
    #expect(epsilon.squaredCleanFactor(at: end) == .infinity)
  }

  /// A short chain that visits a time of a process, and the number of its step there.
  static func chain(of process: any ContinuousProcess, visiting time: Fixture) throws -> (
    DiscreteSchedule, Int
  ) {
    let t = time.double
    let steps = try #require(
      (1...100_000).first {
        abs((t * Double($0)).rounded() / Double($0) - t) < 1e-12 && t * Double($0) >= 0.5
      },
      "\(time.path): no chain of up to 100,000 steps visits \(t)")
    return (DiscreteSchedule(sampling: process, steps: steps), Int((t * Double(steps)).rounded()))
  }

  @Test("Targets and conversions agree with the reference")
  func reference() throws {
    let fixture = try Fixture.load("conversions")
    let tolerance = fixture.tolerance
    for entry in fixture.conversions.list {
      let process = try entry.process.continuousProcess(entry.process_parameters)
      let level = NoiseLevel(signal: entry.a.double, noise: entry.s.double)
      let clean = entry.x0.point
      let epsilon = entry.eps.point
      let noisy = entry.xt.point
      #expect(isClose(level.noisy(clean, epsilon), noisy, tolerance), "\(entry.path)")
      let (chain, number) = try Self.chain(of: process, visiting: entry.t)
      let step = chain.levels[number]
      #expect(isClose(step.signal, level.signal, tolerance) && isClose(step.noise, level.noise, tolerance))
      let expected: [(Prediction, SIMD2<Double>)] = [
        (.epsilon, epsilon), (.clean, clean), (.v, entry.v.point), (.score, entry.score.point),
        (.velocity, entry.velocity.point),
      ]
      for (prediction, value) in expected {
        let table = PredictionTable(prediction, schedule: chain)
        #expect(
          isClose(table.target(clean: clean, epsilon: epsilon, at: step), value, tolerance),
          "\(prediction) of \(entry.path)")
        let c = table.cleanCoefficients(at: step)
        #expect(
          isClose(c.noisy * noisy + c.output * value, clean, tolerance), "\(prediction) of \(entry.path)")
      }
      let velocity = process.velocity(clean: clean, epsilon: epsilon, at: entry.t.double)
      #expect(isClose(velocity, entry.velocity.point, tolerance), "\(entry.path)")
    }
  }

  @Test("The posterior mean agrees with the reference, from x₀, from ε and from the score")
  func reverseMean() throws {
    let fixture = try Fixture.load("conversions")
    let tolerance = fixture.tolerance
    for entry in fixture.reverse_mean.list {
      let schedule = try DiscreteSchedule(entry, of: fixture)
      let (from, to) = (schedule.levels[entry.t.int], schedule.levels[entry.t.int - 1])
      let (noisy, clean, epsilon) = (entry.xt.point, entry.x0.point, entry.eps.point)
      let table = PredictionTable(.mean, schedule: schedule)
      let mean = table.target(clean: clean, epsilon: epsilon, at: from)
      #expect(isClose(mean, entry.mu.point, tolerance), "\(entry.path)")
      let c = table.cleanCoefficients(at: from)
      #expect(isClose(c.noisy * noisy + c.output * mean, clean, tolerance), "\(entry.path)")
      let posterior = ReversePosterior(from: from, to: to)
      #expect(isClose(posterior.mean(noisy: noisy, clean: clean), entry.mu.point, tolerance), "\(entry.path)")
      for (prediction, answer) in [(Prediction.epsilon, epsilon), (.score, -1 * epsilon / from.noise)] {
        let c = prediction.cleanCoefficients(at: from)
        let mean = posterior.mean(noisy: noisy, clean: c.noisy * noisy + c.output * answer)
        #expect(isClose(mean, entry.mu.point, tolerance), "\(prediction) of \(entry.path)")
      }
    }
  }
}
