import DiffusionProcess
import PointClouds
import RealModule
import ReverseSampling

/// A model of Gaussian noise, with all capabilities of a ``Diffusion``. A conformer overrides those that it lacks.
package protocol GaussianModel: Model {
  /// The denoiser on its chain.
  var base: Diffusion { get }
}

extension GaussianModel {
  package var name: String { base.name }
  package var origin: DataOrigin? { base.origin }
  package var isExact: Bool { base.isExact }
  package var knowledge: String { "it knows E[x₀ | x_t] of Gaussian noise" }
  package var scene: ModelScene {
    // The level of a time is that of the nearest step of the chain.
    ModelScene(units: base.standardization, firstNoisyTime: 0.5 / Double(base.schedule.steps))
  }
  package var defaultSampler: SamplerKind { Ancestral.kind }
  package var flow: Diffusion? { base }
  package var diffusion: Diffusion? { base }

  package func plan(_ request: SamplingRequest) throws(SamplingProblem) -> SamplingPlan {
    try base.plan(request, of: self)
  }

  package func noisyLaw(at time: Double, data: PointCloud) -> NoisyLaw? {
    guard let diffusion else { return nil }
    let level = diffusion.schedule.level(at: time)
    let density: @Sendable (SIMD2<Double>) -> Double
    if let oracle = diffusion.oracle {
      let mixture = oracle.diffused(to: level)
      density = { Double.exp(mixture.logDensity($0)) }
    } else {
      let points = PointSetOracle(data)
      density = { Double.exp(points.logDensity($0, at: level)) }
    }
    return NoisyLaw(caption: "t = \(time.fixed(2))") {
      diffusion.denoiser.score($0, at: level)
    } density: {
      $0.points.map(density)
    }
  }
}
