/// The straight path of rectified flow and conditional flow matching: a = 1 − t, s = t.
///
/// Liu et al. 2023 (arXiv:2209.03003), Lipman et al. 2023 (arXiv:2210.02747), in the lab's time: their τ is
/// 1 − t and their field the negative of ours. Equations (3.10). The prior N(0, I) is reached exactly; drift
/// and diffusion are infinite there.
package struct RectifiedFlow: ContinuousProcess, Hashable {
  /// The path.
  package init() {}

  package var name: String { "flow" }
  package var priorDeviation: Double { 1 }

  package func level(at time: Double) -> NoiseLevel { NoiseLevel(signal: 1 - time, noise: time) }

  package func rates(at time: Double) -> (signal: Double, noise: Double) { (-1, 1) }
}
