/// The straight path of rectified flow and conditional flow matching: a = 1 − t, s = t.
///
/// Liu et al. 2023 (arXiv:2209.03003), Lipman et al. 2023 (arXiv:2210.02747), in our time: their τ is
/// 1 − t, and their velocity field the negative of ours. Equations (3.10). The process reaches the prior N(0, I)
/// exactly; drift and diffusion are infinite there.
public struct RectifiedFlow: ContinuousProcess, Hashable {
  public init() {}

  public var name: String { "flow" }
  public var priorStandardDeviation: Double { 1 }

  public func level(at time: Double) -> NoiseLevel { NoiseLevel(signal: 1 - time, noise: time) }

  public func rates(at time: Double) -> (signal: Double, noise: Double) { (-1, 1) }
}
