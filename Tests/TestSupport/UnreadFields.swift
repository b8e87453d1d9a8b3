extension Fixture {
  /// A field that no test reads, with the reason.
  struct Unread {
    /// The path without the numbers of elements; `*` stands for anything.
    let field: String
    let reason: String

    init(_ field: String, _ reason: String) {
      self.field = field
      self.reason = reason
    }

    func matches(_ other: String) -> Bool {
      guard let star = field.firstIndex(of: "*") else { return other == field }
      return other.hasPrefix(field[..<star]) && other.hasSuffix(field[field.index(after: star)...])
    }
  }

  /// What tests leave unread on purpose.
  static let unread: [Unread] = [
    Unread("*._meta.about", "prose"),
    Unread("*._meta.equations", "prose"),
    Unread("*._meta.coordinates", "prose"),
    Unread("*.note", "prose"),
    Unread("memorization._meta.feature", "prose"),
    Unread("memorization.fixture.generated[].name", "a name"),
    Unread(
      "noise_floor._meta.suggested_tolerance_float64", "null: Monte Carlo, compared by its standard errors"),
    Unread(
      "sampler_quality._meta.suggested_tolerance_float64", "null: Monte Carlo, compared by its deviations"),
    Unread("elbo_gaussian.data", "prose: the law that mean and covariance spell out"),
    Unread("gaussian_sampling.data", "prose: the law that mean and covariance spell out"),
    Unread("convergence_orders.error_norm", "prose: the norm that the test takes"),
    Unread("convergence_orders.gmm", "a name: gmm_definition spells the mixture out"),
    Unread("trajectories.gmm", "a name: gmm_definition spells the mixture out"),
    Unread("metrics.pairs[].name", "a name"),
    Unread("noise_floor.sliced_directions", "prose: the directions that L counts"),
    Unread("noise_floor.floors_by_sample_size[].repetitions", "standard_error says what follows from it"),
    Unread("sampler_quality.discrete_chain.timesteps", "prose: how steps says which are visited"),
    Unread("noise_prediction_eval.per_timestep[].t", "a label: errors need no time"),
    Unread(
      "noise_prediction_eval.per_timestep[].cosine_similarity_mean",
      "a statistic that the lab does not report"),
    Unread(
      "noise_prediction_eval.per_timestep[].r2_uniform_average_of_coordinates",
      "a statistic that the lab does not report"),
    Unread("noise_prediction_eval.per_timestep[].r2_zero_mean", "a statistic that the lab does not report"),
    Unread("flow_matching.gmms.*", "where batches were drawn from; their points are listed"),
    Unread("flow_matching.batches[].gmm", "where batches were drawn from; their points are listed"),
    Unread(
      "memorization.copy_test_laws[].binomial_standard_deviation",
      "what a wrong law would say; the program has none of it"),
    Unread(
      "memorization.nearest_neighbour_laws[].ratio_cdf[].poisson_limit",
      "u², where training points are endless; the program has none of it"),
    Unread(
      "trajectories.pf_ode.scipy_rk45_rtol1e-6_atol1e-8_first_point.*",
      "another program's answer and costs; converged_endpoint is read"),
    Unread(
      "schedules.float32_cancellation[].*",
      "what naive Float arithmetic gives, informative; the exact values are in the discrete rows"),
  ]
}
