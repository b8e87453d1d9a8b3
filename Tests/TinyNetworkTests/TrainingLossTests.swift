import DiffusionProcess
import PointClouds
import RealModule
import TestSupport
import Testing

@testable import TinyNetwork

/// A loss with a head that it goes with.
struct LossCase: Sendable, CustomTestStringConvertible {
  let loss: TrainingLoss
  let head: NetworkHead
  var testDescription: String { "\(loss.name), \(head.prediction.rawValue), \(head.variance.rawValue)" }

  /// Every loss with every prediction and variance that it goes with; moments have tests of their own.
  static let all: [LossCase] = TrainingLoss.all.flatMap { loss in
    Prediction.allCases.flatMap { prediction in
      ReverseVariance.trainable.map { variance in
        let schedule = DiscreteSchedule.named(loss.needs.schedule ?? "cosine", steps: 10)
        return LossCase(
          loss: loss,
          head: NetworkHead(prediction, variance: variance, schedule: schedule ?? .cosine(steps: 10)))
      }
    }
  }.filter { $0.loss.problem($0.head) == nil && $0.head.variance != .moments }
}

@Suite("A loss")
struct TrainingLossTests {
  @Test("has the gradient that central differences have", arguments: LossCase.all)
  func gradient(_ tested: LossCase) {
    let objective = tested.loss.objective(tested.head)
    let base: [Float] = [0.3, -0.6, 0.2, -0.3, 0.15]
    let output = Array(base.prefix(objective.outputs))
    let count = objective.levels.count
    for level in [0, count / 2, count - 2] {
      let example = TrainingExample(clean: SIMD2(0.8, -0.5), noise: SIMD2(-1.1, 0.4), level: level)
      let gradient = value(objective, output, example).gradient
      // What hybrid stops has a test of its own.
      for i in (tested.loss == .hybrid ? 2 : 0)..<objective.outputs {
        let h: Float = 0.01
        var (up, down) = (output, output)
        up[i] += h
        down[i] -= h
        let (a, b) = (value(objective, up, example).loss, value(objective, down, example).loss)
        let difference = (a - b) / (up[i] - down[i])
        // Losses up to some hundred in Float, rounded at 1e-5 and divided by 0.02; h² of a third derivative
        // that is up to 8 times the first.
        let tolerance = 2e-3 * max(1, abs(gradient[i])) + 1e-5 * abs(a)
        #expect(abs(difference - gradient[i]) < tolerance, "output \(i) at level \(level)")
      }
    }
  }

  @Test("of ε by dsm is the simple loss, whatever is predicted")
  func dsm() {
    let schedule = DiscreteSchedule.cosine(steps: 20)
    let simple = WeightedObjective(simple: NetworkHead(.epsilon, schedule: schedule))
    #expect(simple.weights.allSatisfy { $0 == 1 })
    for prediction in Prediction.allCases {
      let head = NetworkHead(prediction, schedule: schedule)
      let dsm = WeightedObjective("dsm", head, weight: ScoreMatchingWeight())
      // The squared error of ε, up to the one constant that makes the weights' mean 1.
      let ratios = (1...20).map {
        let factor = head.reading(at: schedule.level(step: $0)).noiseFactor
        return dsm.weights[$0 - 1] / (factor * factor)
      }
      #expect(ratios.allSatisfy { isClose($0 / ratios[0], 1, 1e-9) })
      if prediction == .epsilon || prediction == .score {
        #expect(dsm.weights.allSatisfy { isClose($0, 1, 1e-12) })
      }
      #expect(isClose(dsm.weights.reduce(0, +) / 20, 1, 1e-12))
    }
  }

  @Test("by min(SNR, 5) has the three weights of the paper")
  func minSNR() {
    let schedule = DiscreteSchedule.cosine(steps: 20)
    func weights(_ prediction: Prediction) -> [Double] {
      WeightedObjective("min-snr", NetworkHead(prediction, schedule: schedule), weight: MinSNRWeight())
        .weights
    }
    let (epsilon, clean, v) = (weights(.epsilon), weights(.clean), weights(.v))
    func expected(_ weight: (Double) -> Double) -> [Double] {
      let all = (1...20).map { weight(schedule.level(step: $0).snr) }
      return all.map { $0 * 20 / all.reduce(0, +) }
    }
    for (found, formula) in [
      (epsilon, expected { min($0, 5) / $0 }), (clean, expected { min($0, 5) }),
      (v, expected { min($0, 5) / ($0 + 1) }),
    ] {
      #expect(zip(found, formula).allSatisfy { isClose($0, $1, 1e-9) })
    }
  }

  @Test("edm is the plain squared error of v, at log-normal σ")
  func edm() {
    let objective = TrainingLoss.edm.objective(NetworkHead(.v, schedule: .cosine(steps: 10)))
    let weighted = objective as? WeightedObjective
    #expect(weighted?.weights.allSatisfy { isClose($0, 1, 1e-9) } == true)
    let logs = objective.levels.map { -$0.halfLogSNR }
    let mean = logs.reduce(0, +) / 1000
    let variance = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1000
    // Midpoints of 1000 equal shares leave 0.2 % of the variance in the tails.
    #expect(isClose(mean, -0.5, 1e-9) && isClose(variance.squareRoot(), 1.6, 0.003))
  }

  @Test("cfm is the simple loss of the velocity on rectified flow: ½‖u − (ε − x₀)‖²")
  func cfm() {
    let head = NetworkHead(.velocity, schedule: DiscreteSchedule(sampling: RectifiedFlow(), steps: 10))
    let objective = TrainingLoss.cfm.objective(head)
    let example = TrainingExample(clean: SIMD2(0.5, -1), noise: SIMD2(0.25, 2), level: 3)
    let found = value(objective, [0.4, 0.1], example).loss
    // The outputs are the velocity over √2, and so is its error in the loss.
    let error = SIMD2(0.4, 0.1) - SIMD2(-0.25, 3) / 2.0.squareRoot()
    #expect(isClose(Double(found), (error * error).sum() / 2, 1e-6))
    #expect(TrainingLoss.cfmOT.objective(head).coupling == .optimalTransport)
  }

  @Test(
    "vlb is T times the divergence of one step, and the likelihood at t = 1", arguments: Prediction.allCases)
  func vlb(prediction: Prediction) {
    let schedule = DiscreteSchedule.cosine(steps: 20)
    let head = NetworkHead(prediction, variance: .posterior, schedule: schedule)
    let objective = BoundObjective("vlb", head)
    let (x, epsilon, said) = (SIMD2(0.75, -0.5), SIMD2(-1.25, 0.5), SIMD2(0.25, 0.5))
    for t in [1, 2, 12, 19] {
      let level = schedule.level(step: t)
      let reading = head.reading(at: level)
      let clean =
        reading.clean.noisy * (level.noisy(x, epsilon) / level.normalized.norm) + reading.clean.output * said
      let error = ((x - clean) * (x - clean)).sum()
      let (before, here) = (schedule.level(step: t - 1), level)
      let expected =
        t == 1
        ? { (v: Double) in Double.log(2 * .pi * v) + error / (2 * v) }(schedule.posteriorVariance(step: 2))
        : (before.snr - here.snr) * error / 2  // v = β̃: Equations (6.9)
      // A step's share of the expected loss, however often it is drawn.
      let found = objective.levels.indices.filter { objective.levels[$0] == level }.reduce(0.0) { sum, i in
        let example = TrainingExample(clean: SIMD2<Float>(x), noise: SIMD2<Float>(epsilon), level: i)
        return sum + Double(value(objective, [Float(said.x), Float(said.y)], example).loss)
      }
      // Rounding of Float in every draw.
      #expect(isClose(found / Double(objective.levels.count), expected, 1e-5))
    }
  }

  @Test(
    "hybrid trains the means as simple does, and the variance by the bound",
    arguments: ReverseVariance.learned.filter { $0 != .moments })
  func hybrid(variance: ReverseVariance) {
    let schedule = DiscreteSchedule.cosine(steps: 20)
    let head = NetworkHead(.epsilon, variance: variance, schedule: schedule)
    let example = TrainingExample(clean: SIMD2(0.8, -0.5), noise: SIMD2(-1.1, 0.4), level: 7)
    let output: [Float] = Array([0.3, -0.6, 0.2, -0.3, 0.15].prefix(head.outputs))
    let hybrid = value(TrainingLoss.hybrid.objective(head), output, example)
    let simple = value(WeightedObjective(simple: head), output, example)
    // The same bound with every step drawn equally often, as the simple loss of ε does.
    let bound = value(BoundObjective("vlb", head, simple: WeightedObjective(simple: head)), output, example)
    #expect(hybrid.gradient.prefix(2) == simple.gradient.prefix(2))
    #expect(simple.gradient.dropFirst(2).allSatisfy { $0 == 0 })
    let weight: Float = 1e-3 / (2 * 0.693_147_18)
    // Rounding of Float.
    #expect(abs(hybrid.loss - simple.loss - weight * (bound.loss - simple.loss)) < 1e-5)
    for i in 2..<head.outputs { #expect(abs(hybrid.gradient[i] - weight * bound.gradient[i]) < 1e-6) }
  }

  @Test("is found by its name, and refuses what makes no sense with the reason")
  func refusals() {
    #expect(TrainingLoss.all.allSatisfy { TrainingLoss.all.named($0.name) == $0 })
    func problem(
      _ loss: TrainingLoss, _ prediction: Prediction = .epsilon, _ variance: ReverseVariance = .transition,
      _ schedule: String = "cosine"
    ) -> String? {
      var recipe = smallRecipe()
      recipe.loss = loss
      recipe.prediction = prediction
      recipe.variance = variance
      recipe.schedule = DiscreteSchedule.named(schedule, steps: 10) ?? recipe.schedule
      return recipe.problem
    }
    #expect(
      problem(.simple, .epsilon, .full)?.contains(
        TrainingLoss.ofVariances.map(\.name).joined(separator: " or ")) == true)
    #expect(problem(.hybrid)?.contains("nothing to train") == true)
    #expect(problem(.cfm, .epsilon, .transition, "flow")?.contains("velocity") == true)
    #expect(problem(.cfmOT, .velocity)?.contains("flow") == true)
    #expect(problem(.cfmOT, .velocity, .transition, "flow") == nil)
    #expect(problem(.vlb, .mean, .full) == nil && problem(.vlb) == nil)
  }

  @Test("draws levels that weigh much more often, and no draw counts for more than twice an even one")
  func draws() {
    let weights = (0..<50).map { 100 / Double(1 + $0 * $0) }
    let draw = LevelDraw(weights)
    let mean = weights.reduce(0, +) / 50
    for k in 0..<50 {
      let share = Double(draw.positions.count { $0 == k }) / Double(draw.positions.count)
      #expect(isClose(share * draw.factors[k], 1.0 / 50, 1e-12))  // the expected loss is the same
      #expect(draw.factors[k] * weights[k] / mean < 2.2)  // 2, and a table of 1024 is coarse
      #expect(draw.factors[k] < 2.2)
    }
    #expect(LevelDraw([1, 1.5, 0.5]).positions == [0, 1, 2])
  }
}
