import DiffusionProcess
import PointClouds

extension TrainingLoss {
  /// Denoising score matching between walls: the squared error of σ·∂ log K_σ of folded noise, σ log-uniform.
  /// Equations section 7.10; Lou and Ermon 2023 (arXiv:2304.04740)
  ///
  /// The points live in a box, the noise is mirrored at its sides, and the model has a ``ReflectedNetwork``
  /// instead of a denoiser; the recipe's schedule is not used.
  package static let reflected = TrainingLoss(
    "reflected", "score matching of noise folded into a box, Lou and Ermon 2023",
    needs: Needs(.fixed, prediction: .score), corruption: .reflected
  ) { _ in ReflectedObjective(ReflectedDiffusion()) }
}

/// ½‖σ·∂ log K_σ(x | y) − o‖² for the outputs o, at x = R(y + σζ) in the unit box.
///
/// A weight of σ² on the error of the score makes the target of size 1 at every σ where there is anything to
/// learn. Its mean given x is σ·∇ log p_σ. (The Gaussian target −R′·ζ of the unfolded noise has that mean too,
/// since it averages to ∂ log K over the ways to the same x; the kernel's is that average, without its scatter.)
package struct ReflectedObjective: TrainingObjective {
  package let levels: [NoiseLevel]
  private let kernels: [ReflectedKernel]

  /// The objective on the noise of a diffusion.
  /// - Parameter count: in how many values of σ, evenly spaced in log σ, the law of σ is cut.
  package init(_ diffusion: ReflectedDiffusion, count: Int = 1000) {
    let sigmas = (0..<count).map { diffusion.sigma(at: (Double($0) + 0.5) / Double(count)) }
    levels = sigmas.map { NoiseLevel(signal: 1, noise: $0) }
    kernels = sigmas.map { ReflectedKernel(sigma: $0) }
  }

  package var name: String { "reflected" }
  package var outputs: Int { 2 }
  package var corruption: Corruption { .reflected }

  package func loss(
    of output: Span<Float>, for example: TrainingExample, gradient: inout MutableSpan<Float>
  ) -> Float {
    let kernel = kernels[example.level]
    let start = Fold(SIMD2<Double>(example.clean)).place
    let x = example.folded(sigma: kernel.sigma)
    let target = kernel.sigma * SIMD2(kernel.score(x.x, given: start.x), kernel.score(x.y, given: start.y))
    let error = SIMD2(output[0], output[1]) - SIMD2<Float>(target)
    gradient[0] = error.x
    gradient[1] = error.y
    return 0.5 * (error * error).sum()
  }
}

extension TrainingExample {
  /// R(x₀ + σζ).  Equations (7.25)
  func folded(sigma: Double) -> SIMD2<Double> {
    Fold(SIMD2<Double>(clean) + sigma * SIMD2<Double>(noise)).place
  }
}
