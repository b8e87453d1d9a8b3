import PointClouds

extension DiscreteSchedule {
  /// The largest share of the data in x_T at which a chain still counts as having reached its prior.
  package static let largestFinalAlphaBar = 0.01

  /// a_T² / (a_T² + s_T²): the share of the variance of x_T that is data, for data of variance 1.
  ///
  /// ᾱ_T where the chain preserves variance, about 1/σ_T² where it explodes, 0 for rectified flow.
  package var finalShareOfData: Double {
    let (signal, noise) = (alphaBars[steps], oneMinusAlphaBars[steps])
    return signal / (signal + noise)
  }

  /// What to tell the user where the chain ends before its prior, or `nil` where it gets there.
  ///
  /// The commonest trap of the field: at ᾱ_T = 0.6 the reverse chain starts from a cloud that it never saw in
  /// training, and the samples look like a failure of the network.
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
