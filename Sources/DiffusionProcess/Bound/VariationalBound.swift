import RealModule

/// −ELBO of a reverse chain term by term, in nats over both coordinates. It bounds the mean of −log p_θ(x₀) from
/// above, and that bounds the entropy of the data from above.  Equations (6.2)
public struct VariationalBound: Sendable, Hashable, Codable {
  /// One term.
  public struct Term: Sendable, Hashable, Codable {
    /// The step t of the forward chain where the term's reverse step starts; for the prior, the start of the reverse
    /// chain, normally T.
    public let start: Int
    /// The step where it ends: `start` for the prior, 0 for the reconstruction.
    public let end: Int
    /// The term, averaged over the data.
    public let nats: Double
    /// The standard error of the average; 0 if it is exact.
    package let standardError: Double

    package init(start: Int, end: Int, nats: Double, standardError: Double = 0) {
      self.start = start
      self.end = end
      self.nats = nats
      self.standardError = standardError
    }
  }

  /// L_T = KL(q(x_T | x₀) ‖ prior): how much of x₀ is left in x_T.  Equations (6.3)
  package let prior: Term
  /// L_{t−1}, from noise to data, without the step to the data.  Equations (6.4)
  package let steps: [Term]
  /// L_0 = −log p_θ(x₀ | x₁), a log-density, which may be negative.  Equations (6.5)
  package let reconstruction: Term
  /// The standard error of ``nats``; 0 if it is exact.
  package let standardError: Double
  /// An estimate of the error of ``nats`` due to numeric integrals; 0 if there are none.
  package let quadratureError: Double

  package init(
    prior: Term, steps: [Term], reconstruction: Term, standardError: Double = 0, quadratureError: Double = 0
  ) {
    self.prior = prior
    self.steps = steps
    self.reconstruction = reconstruction
    self.standardError = standardError
    self.quadratureError = quadratureError
  }

  /// All terms, from the prior to the reconstruction.
  public var terms: [Term] { [prior] + steps + [reconstruction] }

  /// −ELBO: the sum of all terms, in nats over both coordinates.
  public var nats: Double { terms.reduce(0) { $0 + $1.nats } }

  /// −ELBO in bits per coordinate: nats / (d·ln 2).
  public var bitsPerDimension: Double { nats / (2 * Double.log(2)) }

  /// The bound of the same chain for data in other units: x^raw = scale·x, −log p^raw = −log p + d·log scale.
  ///
  /// Only the log-density L_0 depends on the unit.
  package func inUnits(scale: Double) -> VariationalBound {
    precondition(scale > 0, "a scale of \(scale)")
    return VariationalBound(
      prior: prior, steps: steps,
      reconstruction: Term(
        start: reconstruction.start, end: 0, nats: reconstruction.nats + 2 * Double.log(scale),
        standardError: reconstruction.standardError),
      standardError: standardError, quadratureError: quadratureError)
  }

  /// KL(q(x_t | x₀) ‖ N(0, p²·I)) at the step t where the chain starts, for one ‖x₀‖² or its mean over the data.
  /// Equations (6.3)
  package static func priorTerm(squaredNorm: Double, schedule: DiscreteSchedule, start: Int) -> Double {
    let p = schedule.priorStandardDeviation * schedule.priorStandardDeviation
    let signal = schedule.alphaBars[start] / p
    let noise = schedule.oneMinusAlphaBars[start] / p
    // If the chain preserves variance, log(1 − ᾱ) near ᾱ = 0 keeps the digits of ᾱ.
    let preserving = abs(signal + noise - 1) < 1e-12
    let logNoise = preserving ? Double.log(onePlus: -signal) : Double.log(noise)
    let excess = preserving ? -signal : noise - 1
    return 0.5 * signal * squaredNorm + excess - logNoise
  }
}
