import PointClouds

extension DiscreteSchedule {
  /// The largest share of data in the variance of x_T with which a chain counts as having reached its prior.
  private static let largestFinalAlphaBar = 0.01

  /// a_T² / (a_T² + s_T²), the share of the variance of x_T that is data, for data of variance 1: ᾱ_T if the chain
  /// preserves variance, about 1/σ_T² if its variance explodes, 0 for rectified flow.
  private var finalShareOfData: Double {
    let (signal, noise) = (alphaBars[steps], oneMinusAlphaBars[steps])
    return signal / (signal + noise)
  }

  /// A warning for the user if the chain ends short of its prior; `nil` if it reaches it.
  ///
  /// This is a common trap: at ᾱ_T = 0.6 reverse chains start from a distribution that training never showed, and
  /// the samples look like a failure of the network.
  package var priorWarning: String? {
    let share = finalShareOfData
    guard share > Self.largestFinalAlphaBar else { return nil }
    let most = Self.largestFinalAlphaBar.fixed(2)
    let start = "the schedule \(name) with T = \(steps) does not reach its prior: "
    if levels[steps].signal == 1 {
      return start
        + "σ_T = \(levels[steps].noise.fixed(3)) against data of deviation 1, so \(share.fixed(3)) of the "
        + "variance of x_T is data, and more than \(most) still shows; raise the largest σ"
    }
    return start
      + "ᾱ_T = \(share.fixed(3)), and more than \(most) means that "
      + "x_T still shows the data; use more steps, a larger β, or the cosine schedule"
  }
}
