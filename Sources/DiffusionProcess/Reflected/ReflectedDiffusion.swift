import PointClouds

/// Diffusion between walls: dx = g dw, mirrored at the sides of a box, with σ growing geometrically in time.
///
/// Lou and Ermon 2023 (arXiv:2304.04740); Equations section 7.10. There is no drift: in the long run points are
/// uniform in the box, which is the prior. All noise is in units of the box, whose coordinates run over 0...1
/// (``DataBox/toUnit(_:)``). As in ``VarianceExploding``, time 0 is the data already smoothed by σ_min.
package struct ReflectedDiffusion: Sendable, Hashable {
  /// The walls, in the units of the data.
  package let box: DataBox
  /// σ at time 0: by default 1/100 of the box, too little to see in a cloud of some thousand points.
  package let sigmaMin: Double
  /// σ at time 1, where the distribution is uniform to within 3·10⁻⁵ for 1.5, and to within 0.014 for 1.
  package let sigmaMax: Double

  /// The largest σ that is accepted: the distribution is then uniform to the last bit.
  package static let largestSigma = 10.0

  /// Diffusion between these walls.
  /// - Precondition: the box has extent, and 0 < σ_min < σ_max ≤ ``largestSigma``.
  package init(box: DataBox = .unit, sigmaMin: Double = 0.01, sigmaMax: Double = 1.5) {
    precondition(box.hasExtent, "a box from \(box.lower) to \(box.upper) has no room")
    precondition(
      sigmaMin >= 1e-6 && sigmaMax > sigmaMin && sigmaMax <= Self.largestSigma,
      "σ from \(sigmaMin) to \(sigmaMax)")
    self.box = box
    self.sigmaMin = sigmaMin
    self.sigmaMax = sigmaMax
  }

  private var logRatio: Double { PortableMath.log(sigmaMax / sigmaMin) }

  /// σ(t) = σ_min·(σ_max/σ_min)^t, the standard deviation of the noise before folding.
  package func sigma(at time: Double) -> Double {
    precondition((0...1).contains(time), "time \(time) is outside 0...1")
    return sigmaMin * PortableMath.exp(time * logRatio)
  }

  /// g(t)² = dσ²/dt = 2·ln(σ_max/σ_min)·σ².
  package func squaredDiffusion(at time: Double) -> Double {
    let sigma = sigma(at: time)
    return 2 * logRatio * sigma * sigma
  }

  /// A cloud of the unit box after noise of standard deviation σ: an exact draw of the kernel, by folding.
  /// Equations (7.25)
  package static func noisy(_ cloud: PointCloud, sigma: Double, noise: NoiseSource) -> PointCloud {
    var result = cloud
    result.add(noise, standardDeviation: sigma)
    for i in 0..<cloud.count { result[i] = Fold(result[i]).place }
    return result
  }

  /// `count` points of the prior, uniform in the unit box, where reverse chains start.
  package func prior(count: Int, noise: NoiseSource) -> PointCloud {
    PointCloud((0..<count).map { noise.uniform(particle: $0) })
  }
}
