import DiffusionProcess
import PointClouds

/// The properties of every sampler, whatever noise it removes.
public protocol SamplingRule: Sendable {
  /// The order of convergence in the step's length, 1 by default: of the end points where no noise is added, of the
  /// law of the samples otherwise. The step to noise 0 itself is of first order for every sampler.
  var order: Int { get }
  /// How often a step evaluates the model, 1 by default.
  var evaluationsPerStep: Int { get }
  /// Whether steps add noise, as they do by default. Those that do need the score of a diffusion; others need a
  /// velocity alone.
  var addsNoise: Bool { get }
  /// What it requires of the levels and the model; nothing by default.
  var need: SamplerNeed { get }
}

extension SamplingRule {
  public var order: Int { 1 }
  public var evaluationsPerStep: Int { 1 }
  public var addsNoise: Bool { true }
  public var need: SamplerNeed { .levels }
}

/// A way from Gaussian noise to data along a grid of noise levels.
///
/// A sampler is a value: a multistep sampler stores its history in itself, and every run uses a fresh copy.
public protocol Sampler: SamplingRule {
  /// How often a chain along the whole grid evaluates the denoiser; `nil` if the sampler adapts its steps.
  func evaluations(along grid: TimeGrid) -> Int?

  /// Moves the cloud `x` from level `i` of the grid to level `i + 1`.
  /// - Parameter noise: the noise of this step; particle i takes the draws of particle i.
  mutating func step(
    _ x: inout PointCloud, over i: Int, of grid: TimeGrid, using denoiser: any Denoiser, noise: NoiseSource)
}

/// A sampler whose step needs only two levels of the grid.
public protocol LevelSampler: Sampler {
  /// Moves the cloud `x` from the level `from` to the less noisy level `to`.
  /// - Parameter noise: the noise of this step; particle i takes the draws of particle i.
  mutating func step(
    _ x: inout PointCloud, from: NoiseLevel, to: NoiseLevel, using denoiser: any Denoiser,
    noise: NoiseSource)
}

extension LevelSampler {
  public mutating func step(
    _ x: inout PointCloud, over i: Int, of grid: TimeGrid, using denoiser: any Denoiser, noise: NoiseSource
  ) {
    step(&x, from: grid.levels[i], to: grid.levels[i + 1], using: denoiser, noise: noise)
  }
}

extension Sampler {
  public func evaluations(along grid: TimeGrid) -> Int? { evaluationsPerStep * grid.steps }

  /// The cloud at the end of the chain that starts at `start` and visits the levels of `grid`.
  /// - Parameter visit: called with the cloud at each level after the first, and the level's place in the grid.
  /// - Complexity: `evaluationsPerStep` × steps calls of the denoiser.
  public func sample(
    from start: PointCloud, along grid: TimeGrid, using denoiser: any Denoiser, noise: NoiseSource,
    visit: (PointCloud, Int) -> Void = { _, _ in }
  ) -> PointCloud {
    var (sampler, x) = (self, start)
    for i in 0..<grid.steps {
      sampler.step(&x, over: i, of: grid, using: denoiser, noise: noise.at(step: i))
      visit(x, i + 1)
    }
    return x
  }

  /// The whole chain of `sample(from:along:using:noise:)`, with the cloud at every level.
  public func trajectory(
    from start: PointCloud, along grid: TimeGrid, using denoiser: any Denoiser, noise: NoiseSource
  ) -> Trajectory {
    var trajectory = Trajectory(start: start, level: grid.levels[0], time: grid.times[0])
    _ = sample(from: start, along: grid, using: denoiser, noise: noise) { x, i in
      trajectory.append(x, level: grid.levels[i], time: grid.times[i])
    }
    return trajectory
  }
}

extension TimeGrid {
  /// The number of evaluations of a sampler that needs this many per step, but one for a step to noise 0.
  func evaluations(perStep: Int) -> Int {
    levels.dropFirst().reduce(0) { $0 + ($1.noise > 0 ? perStep : 1) }
  }
}

extension NoiseSource {
  /// A source for draw `k` of the `n` draws of each step.
  func draw(_ k: Int, of n: Int) -> NoiseSource { at(step: step * n + k) }
}
