import DiffusionProcess
import PointClouds
import RealModule

/// DPM-Solver++(2M): the exponential integrator of the probability-flow ODE in λ, with the clean point
/// extrapolated from the predictions of this step and the previous one.
///
/// Algorithm 2 of Lu et al. 2022 (arXiv:2211.01095). Equations (7.9), (7.10). The first step and a step to
/// noise 0 are those of DDIM. Second order on a grid that is smooth in λ.
public struct DPMSolverPlusPlus: LevelSampler {
  /// The prediction of the previous step, and that step's length in λ.
  private var last: (clean: PointCloud, length: Double)?

  /// The solver, before its first step.
  public init() {}

  public var order: Int { 2 }
  public var addsNoise: Bool { false }

  /// x_s = (s_s/s_t)·x_t − a_s·(e^(−h) − 1)·D with D = (1 + 1/2r)·x̂₀ − (1/2r)·x̂₀ of the previous step.
  public mutating func step(
    _ x: inout PointCloud, from: NoiseLevel, to: NoiseLevel, using denoiser: any Denoiser,
    noise: NoiseSource
  ) {
    let clean = denoiser.denoise(x, at: from)
    let h = to.halfLogSNR - from.halfLogSNR
    // 1/2r with r = h of the previous step / h; 0 on the first step and if h is infinite.
    let extrapolation = h.isFinite ? last.map { h / (2 * $0.length) } ?? 0 : 0
    let kept = to.noise / from.noise
    let added = -to.signal * Double.expMinusOne(-h)
    for i in 0..<x.count {
      var target = clean[i]
      if let last, extrapolation > 0 { target += extrapolation * (clean[i] - last.clean[i]) }
      x[i] = kept * x[i] + added * target
    }
    last = (clean, h)
  }

  package static let kind = SamplerKind(
    "dpm++2m", "DPM-Solver++(2M), multistep in lambda", "Lu et al. 2022", on: "log-linear", steps: 25
  ) { _ in DPMSolverPlusPlus() }
}
