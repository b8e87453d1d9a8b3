import DiffusionProcess
import Models
import PointClouds
import RealModule
import TinyNetwork

/// The bound on log p, in bits per point, of the first paper on diffusion models.
struct SwissRollBits: Reproduction {
  let name = "swissroll-bits"
  let summary = "the bound K on log p of a swiss roll, in bits a point"
  let source = "Sohl-Dickstein et al. 2015 (arXiv:1503.03585), table 1: K = 2.35, K - L_null = 6.45"
  var setting: String {
    "T = 40, diagonal covariance learned with the bound itself, data of deviation 1 a coordinate; a roll with noise "
      + "of \(Self.noise) in these units"
  }
  let differences =
    "the noise of their roll is not stated, and K can have any value up to minus the entropy, which the noise alone "
    + "decides: this is a ballpark, at a noise whose ceiling is near theirs. Our network is an MLP, theirs had 16 "
    + "radial basis functions; our noise levels are those of EDM, theirs were learned. That their data had "
    + "deviation 1 follows from L_null = -4.10 bits, which is that of N(0, I)"

  /// The standard deviation of the roll's noise relative to that of the roll.
  static let noise = 0.004
  /// The same for a reduced run: a thick roll is learned faster, and has another ceiling.
  static let reducedNoise = 0.05

  func run(_ size: ReproductionSize, seed: UInt64, threads: Int) throws -> [Finding] {
    let isFull = size == .full
    // The scale is that of the roll without noise, which the thin noise hardly changes.
    let plain = SwissRoll(std: 0)
    let sample = plain.sample(count: 100_000, noise: NoiseSource(seed: seed, purpose: .data))
    let scale = Standardization(of: sample)?.scale ?? 1
    let roll = SwissRoll(std: (isFull ? Self.noise : Self.reducedNoise) * scale)
    let source = DataSource(roll)
    var recipe = TrainingRecipe()
    recipe.steps = isFull ? 20_000 : 2000
    recipe.batch = 256
    recipe.emaDecay = isFull ? 0.999 : 0.99
    recipe.fourierFeatures = 3  // a thin roll has edges everywhere
    recipe.prediction = .v
    recipe.variance = .diagonal
    recipe.loss = .vlb
    recipe.schedule = .karras(steps: 40)
    let points = try source.sample(count: 50_000, seed: seed, purpose: .training)
    let trained = try trained(by: recipe, on: points, seed: seed, threads: threads)
    let model = TrainedDiffusion(trained, threads: threads).base
    let report = try BoundReport(
      model, steps: 40, source: source, count: isFull ? 20_000 : 4000, seed: seed)
    // −bound in bits per point, in standard units.
    let log2 = Double.log(2)
    let bits = -(report.nats - 2 * Double.log(model.standardization.scale)) / log2
    let null = -(Double.log(2 * .pi) + 1) / log2
    let ceiling = -Self.entropy(of: roll, scale: scale) / log2
    return [
      Finding("K, bits", published: 2.35, ours: bits, rule: .within(1), limit: ceiling),
      Finding(
        "K - L_null, bits", published: 6.45, ours: bits - null, rule: .within(1), limit: ceiling - null),
    ]
  }

  /// The entropy in nats of a roll with thin noise, in units of `scale`: that of the position along the curve plus
  /// that of the noise across it. With r = c·θ and θ uniform the curve has the speed c·√(1 + θ²).
  static func entropy(of roll: SwissRoll, scale: Double) -> Double {
    let (first, last) = (2 * Double.pi * roll.innerTurns, 2 * Double.pi * roll.outerTurns)
    let c = roll.outerRadius / last / scale
    let cells = 10_000
    let speed = (0..<cells).reduce(0.0) { sum, k in
      let theta = first + (Double(k) + 0.5) / Double(cells) * (last - first)
      return sum + 0.5 * Double.log(1 + theta * theta) / Double(cells)
    }
    let across = 0.5 * (Double.log(2 * .pi) + 1) + Double.log(roll.std / scale)
    return Double.log(last - first) + Double.log(c) + speed + across
  }
}
