import DiffusionProcess
import PointClouds
import RealModule
import TestSupport
import Testing

@testable import TinyNetwork

@Suite("Learning moments")
struct MomentObjectiveTests {
  private func head(_ prediction: Prediction = .epsilon, steps: Int = 20) -> NetworkHead {
    NetworkHead(prediction, variance: .moments, schedule: .cosine(steps: steps))
  }

  @Test(
    "leaves the mean to the simple loss, and adds the two weighted terms of r", arguments: Prediction.allCases
  )
  func terms(prediction: Prediction) {
    let head = head(prediction)
    let objective = MomentObjective("gms", head)
    let simple = WeightedObjective(simple: head)
    let output: [Float] = [0.3, -0.6, 0.2, -0.3, 0.5, -0.25]
    for position in [0, 7, 18] {
      let (clean, noise) = (SIMD2<Float>(0.8, -0.5), SIMD2<Float>(-1.1, 0.4))
      let example = TrainingExample(clean: clean, noise: noise, level: position)
      let found = value(objective, output, example)
      let ofMean = value(simple, output, example)
      #expect(found.gradient.prefix(2) == ofMean.gradient.prefix(2))
      let level = objective.levels[position]
      let reading = head.reading(at: level)
      let x = level.noisy(SIMD2<Double>(clean), SIMD2<Double>(noise))
      let said = SIMD2(Double(output[0]), Double(output[1]))
      let answer = reading.clean.noisy * x + reading.clean.output * said
      let r = (SIMD2<Double>(clean) - answer) / level.noise
      // A level that is drawn often counts less.
      let share = Double(objective.levels.count { $0 == level }) / Double(objective.levels.count)
      let factor = 1 / (share * Double(Set(objective.levels).count))
      var expected = 0.0
      for j in 0..<2 {
        let (logVariance, skewness) = (Double(output[2 + j]), Double(output[4 + j]))
        let z = min(max(r[j] * Double.exp(-logVariance / 2), -6), 6)
        let whole = r[j] * r[j] * Double.exp(-logVariance)
        expected += objective.varianceWeight * 0.5 * (whole + logVariance)
        expected += objective.skewnessWeight * 0.5 * (z * z * z - skewness) * (z * z * z - skewness)
      }
      // Rounding of Float: the sum of three terms, of up to some thousands where the mean is far off.
      #expect(isClose(Double(found.loss - ofMean.loss), factor * expected, 1e-5))
    }
  }

  @Test("has the derivatives that central differences have, what is stopped held still")
  func derivatives() {
    let h = 1e-5
    for r in [-1.7, 0.2, 2.5] {
      for logVariance in [-1.0, 0, 0.8] {
        let term = MomentObjective.varianceTerm(r, logVariance: logVariance)
        let (up, down) = (
          MomentObjective.varianceTerm(r, logVariance: logVariance + h).loss,
          MomentObjective.varianceTerm(r, logVariance: logVariance - h).loss
        )
        // h² of a third derivative of up to 9, and rounding 1e-16/h.
        #expect(isClose((up - down) / (2 * h), term.derivative, 1e-8))
        let skewness = MomentObjective.skewnessTerm(term.standardized, skewness: 0.3)
        let (more, less) = (
          MomentObjective.skewnessTerm(term.standardized, skewness: 0.3 + h).loss,
          MomentObjective.skewnessTerm(term.standardized, skewness: 0.3 - h).loss
        )
        #expect(isClose((more - less) / (2 * h), skewness.derivative, 1e-8))
      }
    }
    // And the gradient of the outputs is made of them.
    let objective = MomentObjective("gms", head())
    let example = TrainingExample(clean: SIMD2(0.8, -0.5), noise: SIMD2(-1.1, 0.4), level: 9)
    let output: [Float] = [0.3, -0.6, 0.2, -0.3, 0.5, -0.25]
    for i in 2..<6 {
      var (up, down) = (output, output)
      up[i] += 0.01
      down[i] -= 0.01
      // The variance stands in the last term, too, which gives it no gradient: without that term for it.
      let tested = i < 4 ? MomentObjective("gms", head(), skewnessWeight: 0) : objective
      let difference =
        (value(tested, up, example).loss - value(tested, down, example).loss) / (up[i] - down[i])
      // Rounding of Float, 1e-7 / 0.02, and h² of a third derivative of order 1.
      #expect(abs(difference - value(objective, output, example).gradient[i]) < 1e-4)
    }
  }

  @Test("is at rest at the variance and the skewness of r")
  func minimum() {
    // 2 with probability ⅓, else −1: variance 2, skewness 1/√2.
    let values = [2.0, -1, -1]
    let terms = values.map { MomentObjective.varianceTerm($0, logVariance: Double.log(2)) }
    #expect(isClose(terms.reduce(0) { $0 + $1.derivative }, 0, 1e-14))
    let cubes = terms.map {
      MomentObjective.skewnessTerm($0.standardized, skewness: SkewedPair.largestSkewness).derivative
    }
    #expect(isClose(cubes.reduce(0, +), 0, 1e-14))
    // A single far point pulls no harder than its limit.
    #expect(MomentObjective.skewnessTerm(1e6, skewness: 0).derivative == -216)
  }

  @Test("starts, with zeros, at the moments of N(0, I) data, and reads outputs in units of the noise")
  func reading() {
    let oracle = Gaussian(mean: .zero, covariance: SymmetricMatrix(isotropic: 1))
    for level in [
      NoiseLevel(signal: 0.6, noise: 0.8), NoiseLevel(signal: 1, noise: 3),
      NoiseLevel(signal: 0.7, noise: 0.3),
    ] {
      let exact = oracle.moments(PointCloud([SIMD2(1, 2)]), at: level)[0]
      let zero = MomentHead(at: level).moments(mean: exact.mean, .zero)
      #expect(isClose(zero.variance, exact.variance, 1e-14) && zero.third == .zero && zero.mean == exact.mean)
    }
    let read = MomentHead(at: NoiseLevel(signal: 0.6, noise: 0.8))
      .moments(mean: .zero, SIMD4(Double.log(4), 0, 0.5, -0.25))
    #expect(isClose(read.variance, SIMD2(4 * 0.64, 0.64), 1e-14))
    #expect(isClose(read.skewness, SIMD2(0.5, -0.25), 1e-14))
    // A network that ran away says absurd numbers and does not crash.
    let absurd = MomentHead(at: .init(signal: 0.6, noise: 0.8)).moments(
      mean: .zero, SIMD4(1e9, -1e9, .nan, 0))
    #expect(absurd.variance.x > 1e40 && absurd.variance.y < 1e-40)
    #expect(!absurd.skewedPairs.x.isFeasible)
  }

  @Test("teaches a small network the oracle's variance and the sign of its skewness")
  func trained() throws {
    // Two narrow clouds: between them x₀ | x_t is wide, nearer to one of them it is skewed towards the other.
    let mixture = GaussianMixture(
      [-1.0, 1].map {
        .init(weight: 1, mean: SIMD2($0, 0), covariance: SymmetricMatrix(xx: 0.04, xy: 0, yy: 0.25))
      })
    var recipe = smallRecipe(steps: 1500)
    recipe.learningRate = 4e-3
    recipe.variance = .moments
    recipe.loss = .gms
    let trainer = try Trainer(
      points: mixture.sample(count: 4000, noise: NoiseSource(seed: 1, purpose: .data)), dataset: "two",
      recipe: recipe)
    try trainer.run(steps: recipe.steps)
    let model = trainer.model
    let oracle = mixture.standardized(by: model.standardization)
    let network = model.denoiser(threads: 1)
    #expect(network.knowsMoments)
    let level = recipe.schedule.level(step: 50)
    let noisy = level.noisy(
      oracle.sample(count: 500, noise: NoiseSource(seed: 2, purpose: .heldOut)),
      noise: NoiseSource(seed: 2, purpose: .forward))
    let (found, exact) = (network.moments(noisy, at: level), oracle.moments(noisy, at: level))
    #expect(found.map(\.mean) == network.denoise(noisy, at: level).points)
    var (logError, without) = (0.0, 0.0)
    var (product, square) = (0.0, 0.0)
    for (a, b) in zip(found, exact) {
      let error = Double.log(a.variance.x / b.variance.x)
      logError += error * error / 500
      let ofZero = Double.log(0.5 / b.variance.x)
      without += ofZero * ofZero / 500
      // Of the skewness that a pair of Gaussians can have.
      let (said, truth) = (min(max(a.skewness.x, -0.6), 0.6), min(max(b.skewness.x, -0.6), 0.6))
      product += said * truth
      square += truth * truth
    }
    // Measured 0.43 after these few steps, where zeros leave 1.16.
    #expect(logError.squareRoot() < 0.55 && without.squareRoot() > 1, "\(logError.squareRoot())")
    // Measured 0.93; 1 is right, and 0 what zeros say.
    #expect(product > 0.75 * square, "\(product / square)")
    // The ancestral chain takes the variance of the same outputs, for a step of any length.
    let to = recipe.schedule.level(step: 20)
    let factors = ReverseKernel(.moments, of: network, along: [level, to]).step(noisy, from: level, to: to)
      .factors
    for (factor, moments) in zip(factors, network.reverseMoments(noisy, from: level, to: to)) {
      #expect(isClose(SIMD2(factor.xx, factor.yy), moments.variance.squareRoot(), 1e-12) && factor.yx == 0)
    }
  }

  @Test("goes with its own variance alone, and says so")
  func refusals() {
    func problem(_ loss: TrainingLoss, _ variance: ReverseVariance) -> String? {
      var recipe = smallRecipe()
      recipe.loss = loss
      recipe.variance = variance
      return recipe.problem
    }
    #expect(problem(.gms, .moments) == nil)
    for variance in ReverseVariance.trainable where variance != .moments {
      #expect(problem(.gms, variance)?.contains("take the variance moments") == true)
    }
    for loss in TrainingLoss.all where loss.needs.variance != .moments && loss.needs.prediction == nil {
      #expect(problem(loss, .moments)?.contains("take the loss gms") == true)
    }
    #expect(problem(.simple, .full)?.contains("take the loss ") == true)
    let plain = NetworkDenoiser(
      weights: NetworkWeights(zeros: smallRecipe().architecture), head: smallRecipe().head)
    #expect(!plain.knowsMoments)
  }
}
