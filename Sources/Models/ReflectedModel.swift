import DiffusionProcess
import PointClouds
import RealModule
import ReverseSampling
import TinyNetwork

/// A score between walls: a trained network, or the exact oracle of a folded mixture.
///
/// It has no E[x₀ | x_t] of Gaussian noise. Its chain runs in units of the box and is shown in those of the data.
package struct ReflectedModel: Model {
  package let name: String
  package let origin: DataOrigin?
  /// The score, in units of the box.
  package let score: any ReflectedScore
  /// The diffusion that is reversed, with its walls.
  package let reflection: ReflectedDiffusion
  /// The exact distribution of the data in units of the box, if it is known.
  package let oracle: FoldedMixture?
  package let isExact: Bool

  /// A trained network.
  /// - Parameters:
  ///   - folded: the mixture, in the units of the data, that gives their distribution when folded into the box; `nil`
  ///     if there is none.
  ///   - threads: 0 for one per processor; the samples do not depend on it.
  /// - Returns: `nil` if the network was not trained between walls.
  package init?(_ model: TrainedModel, folded: GaussianMixture? = nil, threads: Int = 0) {
    guard let reflection = model.reflection else { return nil }
    name = model.dataset
    origin = model.origin
    self.reflection = reflection
    score = model.reflectedScore(threads: threads)
    oracle = folded.flatMap { FoldedMixture($0, into: reflection.box) }
    isExact = false
  }

  /// The exact oracle of a mixture folded into a box, which predicts what a perfect network would.
  /// - Returns: `nil` if the mixture cannot be folded exactly (``FoldedMixture``).
  package init?(exact mixture: GaussianMixture, in box: DataBox, name: String) {
    guard let oracle = FoldedMixture(mixture, into: box) else { return nil }
    self.name = name
    origin = nil
    self.oracle = oracle
    score = oracle
    reflection = ReflectedDiffusion(box: box)
    isExact = true
  }

  package var knowledge: String {
    "it knows the score of noise that is mirrored at walls, from which no E[x₀ | x_t] of Gaussian noise follows; "
      + "use it with sample, animate and draw reverse, trajectories, field, loss and reflected"
  }
  package var scene: ModelScene {
    var scene = ModelScene(units: .identity)
    scene.walls = reflection.box
    // σ is geometric in time, so the parts of the data form at middle times.
    scene.reverseTimes = [1, 0.5, 0.4, 0.25, 0]
    scene.reverseTitle = "Reverse process between walls: from uniform noise to data"
    return scene
  }
  package var defaultSampler: SamplerKind { ReflectedEulerMaruyama.kind }
  package var flow: Diffusion? { nil }
  package var diffusion: Diffusion? { nil }

  package func plan(_ request: SamplingRequest) throws(SamplingProblem) -> SamplingPlan {
    let (name, kind, rule) = try request.resolved(for: self)
    guard let sampler = rule as? any ReflectedSampler else {
      let others = Samplers.all.filter { $0.rule.need == .walls }.map(\.name)
      throw SamplingProblem(
        "\(name): it removes Gaussian noise, but the noise of this model is mirrored at walls; take "
          + others.joined(separator: " or "))
    }
    if request.rule == nil, let grid = request.grid {
      throw SamplingProblem(
        "the grid \(grid.name): between walls σ shrinks by equal factors; there is no other grid")
    }
    let steps = request.steps ?? kind.steps
    guard steps >= 1 else { throw SamplingProblem("\(steps) steps: a chain has at least one step") }
    let (reflection, score) = (reflection, score)
    let times = reflection.times(steps: steps)
    return SamplingPlan(
      name: name, rule: rule, steps: steps, evaluations: sampler.evaluationsPerStep * steps, grid: nil,
      units: .identity
    ) {
      reflection.prior(count: $0, noise: $1)
    } end: {
      reflection.box.fromUnit(
        sampler.sample(from: $0, along: times, of: reflection, using: score, noise: $1))
    } way: {
      sampler.trajectory(from: $0, along: times, of: reflection, using: score, noise: $1)
        .map { cloud, _ in reflection.box.fromUnit(cloud) }
    }
  }

  /// The number of points that the density is computed from if it is not known exactly.
  private static let densityPoints = 2000

  package func noisyLaw(at time: Double, data: PointCloud) -> NoisyLaw? {
    let (sigma, box, score, oracle) = (reflection.sigma(at: time), reflection.box, score, oracle)
    let points =
      oracle == nil
      ? ReflectedPointSet(
        box.toUnit(data.prefix(Self.densityPoints)).map {
          $0.clamped(lowerBound: .zero, upperBound: SIMD2(1, 1))
        })
      : nil
    let area = box.extent.x * box.extent.y
    return NoisyLaw(caption: "t = \(time.fixed(2)), σ = \(sigma.fixed(3))") { places in
      let inside = places.map { $0.clamped(lowerBound: box.lower, upperBound: box.upper) }
      let unit = score.score(box.toUnit(inside), sigma: sigma)
      return PointCloud(
        (0..<places.count).map { box.contains(places[$0]) ? unit[$0] / box.extent : .zero })
    } density: { cells in
      let side = Int(Double(cells.count).squareRoot().rounded())
      let unit = cells.points.map { ($0 - box.lower) / box.extent }
      func isInside(_ x: Double) -> Bool { (0...1).contains(x) }
      let all =
        points?.density(
          columns: (0..<side).map { unit[$0].x }, rows: (0..<side).map { unit[$0 * side].y }, sigma: sigma)
      return unit.indices.map { i in
        guard isInside(unit[i].x), isInside(unit[i].y) else { return 0 }
        return (all?[i] ?? oracle.map { Double.exp($0.logDensity(unit[i], sigma: sigma)) } ?? 0) / area
      }
    }
  }
}
