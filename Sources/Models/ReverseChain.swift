import DiffusionProcess
import PointClouds
import ReverseSampling

/// A sampler with the levels that it visits, ready to run on a model.
package struct ReverseChain: Sendable {
  /// The sampler's name.
  package let name: String
  /// The sampler.
  package let sampler: any Sampler
  /// The levels, from noise to data.
  package let grid: TimeGrid

  /// A chain of a sampler along a grid.
  package init(_ name: String, _ sampler: any Sampler, along grid: TimeGrid) {
    self.name = name
    self.sampler = sampler
    self.grid = grid
  }

  /// How often the chain asks the denoiser; `nil` where the sampler decides that on its way.
  package var evaluations: Int? { sampler.evaluations(along: grid) }
}

/// Why a sampler cannot run on a model, and what can.
package struct SamplerProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// The reason.
  package let description: String

  /// A problem with this reason.
  package init(_ description: String) { self.description = description }
}

extension ReverseModel {
  /// The levels that a sampler runs on where nobody says others: those that it does best on, or the model's own
  /// where the model knows no others.
  package func grid(of entry: SamplerRegistry.Entry) -> GridFamily {
    couplingProblem == nil ? GridFamily.named(entry.grid) ?? .chain : .chain
  }

  /// The chain of a sampler of the list.
  /// - Parameters:
  ///   - options: what the sampler is told; its process is that of the grid.
  ///   - family: the levels; ``grid(of:)`` where it is `nil`.
  ///   - steps: the sampler's recommended number where it is `nil`, or the model's T where that is less.
  /// - Throws: ``SamplerProblem`` where they do not go together.
  package func chain(
    _ entry: SamplerRegistry.Entry, _ options: SamplerRegistry.Options = .init(),
    along family: GridFamily? = nil, steps: Int? = nil
  ) throws(SamplerProblem) -> ReverseChain {
    let family = family ?? grid(of: entry)
    if let couplingProblem, family.name != GridFamily.chain.name {
      throw SamplerProblem("\(couplingProblem); it runs on the levels of its own chain only")
    }
    let most = family.problem(steps: entry.steps, of: schedule) == nil ? entry.steps : schedule.steps
    let steps = steps ?? most
    if let problem = family.problem(steps: steps, of: schedule) {
      throw SamplerProblem("\(steps) steps: \(problem)")
    }
    var options = options
    options.process = family.process(of: schedule)
    let sampler = entry.make(options)
    let grid = family.grid(of: schedule, steps: steps)
    let problem =
      problem(with: sampler) ?? entry.problem(with: denoiser, along: grid, of: options.process)
    if let problem { throw SamplerProblem("\(entry.name): \(problem)") }
    return ReverseChain(entry.name, sampler, along: grid)
  }

  /// `count` samples of a chain, in the units of the data.
  package func samples(count: Int, of chain: ReverseChain, seed: UInt64) -> PointCloud {
    standardization.undo(
      chain.sampler.sample(
        from: start(count, chain.grid, seed), along: chain.grid, using: denoiser,
        noise: NoiseSource(seed: seed, purpose: .sampling)))
  }

  /// `count` particles of a chain on their way, in standard units; their end, brought back to the units of the
  /// data, is the samples of the same seed.
  package func trajectory(count: Int, of chain: ReverseChain, seed: UInt64) -> Trajectory {
    chain.sampler.trajectory(
      from: start(count, chain.grid, seed), along: chain.grid, using: denoiser,
      noise: NoiseSource(seed: seed, purpose: .sampling))
  }

  /// The same with every cloud divided by √(a² + s²), which makes chains of different processes comparable: data of
  /// unit variance keep it.  EQUATIONS (1.2)
  package func scaledTrajectory(count: Int, of chain: ReverseChain, seed: UInt64) -> Trajectory {
    let trajectory = trajectory(count: count, of: chain, seed: seed)
    func scaled(_ i: Int) -> PointCloud {
      let level = trajectory.levels[i]
      let norm = (level.signal * level.signal + level.noise * level.noise).squareRoot()
      return trajectory.clouds[i].map { $0 / norm }
    }
    var result = Trajectory(start: scaled(0), level: trajectory.levels[0], time: trajectory.times[0])
    for i in 1..<trajectory.count {
      result.append(scaled(i), level: trajectory.levels[i], time: trajectory.times[i])
    }
    return result
  }

  private func start(_ count: Int, _ grid: TimeGrid, _ seed: UInt64) -> PointCloud {
    grid.start(count: count, noise: NoiseSource(seed: seed, purpose: .start))
  }
}
