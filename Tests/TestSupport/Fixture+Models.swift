import DiffusionProcess

/// A name in a fixture that the tests know no model for.
package struct UnknownName: Error, CustomStringConvertible {
  let fixture: Fixture

  package init(fixture: Fixture) { self.fixture = fixture }

  package var description: String { "\(fixture.path) is \"\(fixture.string)\", which no test knows" }
}

extension DiscreteSchedule {
  /// The chain that a fixture's `schedule` and `T` name, with the parameters that the file states for it.
  /// - Parameter file: where `schedule_parameters` lists them by name; `nil` where `parameters` stands beside `T`.
  package init(_ chain: Fixture, of file: Fixture? = nil) throws {
    let (name, steps) = (chain.schedule.string, chain.T.int)
    let p = file?.schedule_parameters[name] ?? chain.parameters
    switch name {
    case "linear":
      self = .linearUnscaled(steps: steps, betaStart: p.beta_start.double, betaEnd: p.beta_end.double)
    case "linear_rescaled":
      self = .linear(steps: steps, betaStart: p.beta_start.double, betaEnd: p.beta_end.double)
    case "scaled_linear":
      self = .scaledLinear(steps: steps, betaStart: p.beta_start.double, betaEnd: p.beta_end.double)
    case "quadratic":
      self = .quadratic(steps: steps, betaStart: p.beta_start.double, betaEnd: p.beta_end.double)
    case "cosine":
      self = .cosine(steps: steps, offset: p.s.double, maxBeta: p.max_beta.double)
    case "sigmoid_beta":
      self = .sigmoidBeta(
        steps: steps, betaStart: p.beta_start.double, betaEnd: p.beta_end.double,
        logitStart: p.logit_start.double, logitEnd: p.logit_end.double)
    case "sigmoid_alpha_bar":
      self = .sigmoid(
        steps: steps, start: p.start.double, end: p.end.double, temperature: p.tau.double,
        maxBeta: p.max_beta.double)
    case "vp_exact":
      self = .vpExact(steps: steps, betaMin: p.beta_min.double, betaMax: p.beta_max.double)
    default: throw UnknownName(fixture: chain.schedule)
    }
  }
}

extension VariancePreserving {
  /// The process with the parameters that a fixture spells out.
  package init(_ parameters: Fixture) {
    self.init(betaMin: parameters.beta_min.double, betaMax: parameters.beta_max.double)
  }
}

extension Fixture {
  /// The continuous process that stands here by name, with the parameters in `parameters`.
  package func continuousProcess(_ parameters: Fixture) throws -> any ContinuousProcess {
    switch string {
    case "vp": VariancePreserving(parameters)
    case "sub_vp":
      SubVariancePreserving(betaMin: parameters.beta_min.double, betaMax: parameters.beta_max.double)
    case "ve":
      VarianceExploding(sigmaMin: parameters.sigma_min.double, sigmaMax: parameters.sigma_max.double)
    case "rectified_flow": RectifiedFlow()
    default: throw UnknownName(fixture: self)
    }
  }

  /// η of a key such as `ddim_eta0` or `ddim_eta_0.5`; `nil` where the key is none of DDIM's.
  package static func ddimEta(_ key: String) -> Double? {
    guard key.hasPrefix("ddim_eta") else { return nil }
    return Double(key.dropFirst("ddim_eta".count).drop { $0 == "_" })
  }
}
