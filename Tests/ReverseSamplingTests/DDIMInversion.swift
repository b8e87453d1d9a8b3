import DiffusionProcess
import PointClouds
import ReverseSampling

/// DDIM read upwards: the noise that DDIM(0) would turn into given data, up to first order.
///
/// Song, Meng and Ermon 2021 (arXiv:2010.02502), section 4.3. Equations (7.2) with ε̂ at the lower level.
package struct DDIMInversion: Sendable {
  /// The inversion.
  package init() {}

  /// The cloud at every level of the grid, from the data at its end up to noise: the last is the encoding.
  /// - Complexity: one evaluation of the denoiser a step.
  package func encode(_ data: PointCloud, along grid: TimeGrid, using denoiser: any Denoiser) -> [PointCloud]
  {
    let levels = Array(grid.levels.reversed())
    var clouds = [data]
    for (from, to) in zip(levels, levels.dropFirst()) {
      clouds.append(step(clouds[clouds.count - 1], from: from, to: to, using: denoiser))
    }
    return clouds
  }

  /// x_t = a_t·x̂₀ + s_t·ε̂ with both predicted at the lower level; at noise 0, where ε cannot be predicted, ε̂ is
  /// taken at (a_t·x, t).
  package func step(
    _ x: PointCloud, from: NoiseLevel, to: NoiseLevel, using denoiser: any Denoiser
  ) -> PointCloud {
    precondition(from.signal > 0, "\(from) has no signal to read upwards")
    let scaled = x.map { to.signal / from.signal * $0 }
    let epsilon =
      from.noise > 0 ? denoiser.predictedNoise(x, at: from) : denoiser.predictedNoise(scaled, at: to)
    let added = to.noise - to.signal / from.signal * from.noise
    var result = scaled
    for i in 0..<x.count { result[i] += added * epsilon[i] }
    return result
  }
}
