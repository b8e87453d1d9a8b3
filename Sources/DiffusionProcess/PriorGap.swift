import PointClouds

extension DiscreteSchedule {
  /// The largest ᾱ_T at which a chain still counts as having reached its prior.
  public static let largestFinalAlphaBar = 0.01

  /// What to tell the user where the chain ends before its prior N(0, I), or `nil` where it gets there.
  ///
  /// The commonest trap of the field: at ᾱ_T = 0.6 the reverse chain starts from a cloud that it never saw in
  /// training, and the samples look like a failure of the network.
  public var priorWarning: String? {
    let final = alphaBars[steps]
    guard final > Self.largestFinalAlphaBar else { return nil }
    return "the schedule \(name) with T = \(steps) does not reach its prior: "
      + "ᾱ_T = \(final.fixed(3)), and more than \(Self.largestFinalAlphaBar.fixed(2)) means that "
      + "x_T still shows the data; use more steps, a larger β, or the cosine schedule"
  }
}
