import DiffusionProcess
import Evaluation
import Models
import PointClouds
import ReverseSampling
import TinyNetwork

/// The Chamfer distance that the first assignment of KAIST's course CS492(D) asks for, after 5,000 iterations.
struct CourseChamfer: Reproduction {
  let name = "kaist-chamfer"
  let summary = "Chamfer distance of a swiss roll after 5,000 iterations, by DDPM and by DDIM in 50 steps"
  let source =
    "KAIST CS492(D), assignment 1: 18.72 stated by the course; 34.64 for DDIM-50 a student's figure"
  let setting =
    "swiss roll with a hole and without noise, columns 0 and 2, (x - mean) / std * 2 with one mean and one std "
    + "for both; T = 1000 linear, noise predicted, 3 layers of 128, 5,000 iterations of 128; 2048 "
    + "samples against 2048 points"
  let differences =
    "our network is another: it adds the noise level to the point where theirs multiplies, learns at 1e-2 falling to "
    + "0, and reads three octaves of sines of the point; at the course's 1e-3 and with the bare point it was at 760 "
    + "after as many iterations. We train in units of deviation 1 and measure in theirs of deviation 2. The distance "
    + "is a sum over points in squared units: another scale or count is another number"

  func run(_ size: ReproductionSize, seed: UInt64, threads: Int) throws -> [Finding] {
    let isFull = size == .full
    let count = 2048
    let source = DataSource(HoledRoll())
    var recipe = TrainingRecipe()
    recipe.steps = 5000
    recipe.batch = 128
    recipe.learningRate = 1e-2
    recipe.emaDecay = 0.99  // a longer average would include the first of these few steps
    recipe.prediction = .epsilon
    recipe.fourierFeatures = 3
    recipe.blocks = 2
    recipe.schedule = .linear(steps: 1000)
    let points = try source.sample(count: 20_000, seed: seed, purpose: .training)
    let trained = try trained(by: recipe, on: points, seed: seed, threads: threads)
    let model = trained.asModel(threads: threads)
    let truth = try source.sample(count: count, seed: seed, purpose: .heldOut)
    let again = try source.sample(count: count, seed: seed, purpose: NoiseSource.Purpose("truth 1"))
    let floor = chamferDistance(truth, again)
    func distance(_ sampler: any Sampler, _ steps: Int) throws -> Double {
      chamferDistance(try model.samples(count: count, sampler: sampler, steps: steps, seed: seed), truth)
    }
    return [
      // Another seed changes either by a quarter.
      Finding(
        "DDPM", published: 18.72, ours: try distance(Ancestral(variance: .posterior), isFull ? 1000 : 200),
        rule: .atMost(factor: 1.2), limit: floor),
      Finding(
        "DDIM, 50 steps", published: 34.64, ours: try distance(DDIM(), 50), rule: .atMost(factor: 1.2),
        limit: floor),
    ]
  }
}

/// Columns 0 and 2 of scikit-learn's `make_swiss_roll(noise: 0, hole: true)`, scaled as the course scales them.
///
/// The middle one of the band's 3 × 3 fields is missing, so in these columns the middle third of the angle has two
/// points for every three of the others. Mean and standard deviation, of all coordinates together, are those of the
/// distribution and not of a draw.
struct HoledRoll: ToyDistribution {
  let name = "holed-roll"
  let summary = "the course's swiss roll"
  let parameters: [ToyParameter] = []

  /// Mean and standard deviation of t·cos t and t·sin t together, for the angle's density 3, 2, 3 over thirds of
  /// 1.5π...4.5π: ∫t cos t = [t sin t + cos t], ∫t sin t = [sin t − t cos t], ∫t² = [t³/3].
  static let (mean, standardDeviation): (Double, Double) = {
    var (first, second) = (0.0, 0.0)
    for (third, share) in [3.0 / 8, 2.0 / 8, 3.0 / 8].enumerated() {
      let (a, b) = ((1.5 + Double(third)) / 2, (2.5 + Double(third)) / 2)  // in turns
      func primitive(_ turns: Double) -> Double {
        let (sine, cosine) = PortableMath.sineCosine(turns: turns)
        let t = 2 * Double.pi * turns
        return t * sine + cosine + sine - t * cosine
      }
      func cube(_ turns: Double) -> Double {
        let t = 2 * Double.pi * turns
        return t * t * t / 3
      }
      first += share / .pi * (primitive(b) - primitive(a)) / 2
      second += share / .pi * (cube(b) - cube(a)) / 2
    }
    return (first, (second - first * first).squareRoot())
  }()

  func draw(particle: Int, noise: NoiseSource) -> (point: SIMD2<Double>, part: Int) {
    let u = noise.uniform(particle: particle)
    let field = min(7, Int(8 * u.x))
    let third = field < 3 ? 0 : field < 5 ? 1 : 2
    let turns = (1.5 + Double(third) + u.y) / 2
    let onRoll = 2 * Double.pi * turns * PortableMath.direction(turns: turns)
    return ((onRoll - Self.mean) / Self.standardDeviation * 2, third)
  }
}
