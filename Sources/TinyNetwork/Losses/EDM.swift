import DiffusionProcess
import PointClouds

extension TrainingLoss {
  /// The error of x₀ weighted by (σ² + 1) / σ² at log-normal σ.  Equations (6.16); Karras et al. 2022
  /// (arXiv:2206.00364)
  ///
  /// For data of standard deviation 1 the preconditioning of EDM is v-prediction: its raw network predicts −v, and this loss
  /// is the plain squared error of v. The levels are EDM's own and not the chain's: log σ is normal with mean
  /// −0.5 and standard deviation 1.6, wider than for images, which covers what there is to learn of a point cloud.
  public static let edm = TrainingLoss(
    "edm", "error of x₀ weighted by 1 + 1/σ² at log-normal σ, Karras et al. 2022", needs: Needs(.fixed)
  ) { head in
    let levels = (0..<1000).map { i in
      let z = PortableMath.normalQuantile((Double(i) + 0.5) / 1000)
      return NoiseLevel(variancePreserving: PortableMath.exp(-0.5 + 1.6 * z))
    }
    return WeightedObjective(
      "edm", head, levels: levels,
      weights: levels.map {
        let reading = head.reading(at: $0)
        // (1 + 1/σ²) = 1/s² at a level with a² + s² = 1.
        let factor = reading.cleanFactor / reading.level.noise
        return factor * factor
      })
  }
}
