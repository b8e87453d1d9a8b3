import PointClouds
import RealModule

extension VariationalBound {
  /// The bound of a reverse chain on these points, each term averaged over points and draws.
  ///
  /// Unbiased for the expectation over the noise. Standard errors are those of the mean over points, each averaged
  /// over its draws. Draw k of the term of step t takes the noise of step t, lane k.
  /// - Parameters:
  ///   - kernel: the chain's Gaussians along the levels of the visited steps.
  ///   - visited: the visited steps, decreasing from at most T to 0; all if it is `nil`.
  ///   - points: at least 2 held-out points, in the units of the denoiser.
  ///   - draws: noise draws per point and step.
  /// - Complexity: draws × steps evaluations of the kernel.
  package init(
    of kernel: ReverseKernel, schedule: DiscreteSchedule, visiting visited: [Int]? = nil, points: PointCloud,
    draws: Int = 1, noise: NoiseSource
  ) {
    precondition(points.count >= 2 && draws >= 1, "\(points.count) points, \(draws) draws")
    precondition(kernel.levels == schedule.levels(visiting: visited), "a kernel of another chain")
    let count = points.count
    let steps = schedule.reverseSteps(visiting: visited)
    let start = steps[0].start
    var totals = points.points.map { point in
      Self.priorTerm(squaredNorm: (point * point).sum(), schedule: schedule, start: start)
    }
    func average(_ values: [Double]) -> (mean: Double, error: Double) {
      let mean = values.reduce(0, +) / Double(count)
      let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (mean, (square / (Double(count - 1) * Double(count))).squareRoot())
    }
    let prior = average(totals)
    var terms: [Term] = []
    for step in steps {
      var values = [Double](repeating: 0, count: count)
      for draw in 0..<draws {
        let epsilon = noise.at(step: step.start).normalCloud(count: count, lane: draw)
        var noisy = points
        for i in 0..<count { noisy[i] = step.from.noisy(points[i], epsilon[i]) }
        let (clean, factors) = kernel.step(noisy, from: step.from, to: step.to)
        for i in 0..<count {
          let offset = step.posterior.cleanCoefficient * (points[i] - clean[i])
          let loss =
            step.end == 0
            ? StepLoss.negativeLogLikelihood(offset: offset, factor: factors[i])
            : StepLoss.divergence(offset: offset, variance: step.posterior.variance, factor: factors[i])
          values[i] += loss.value / Double(draws)
        }
      }
      let (mean, error) = average(values)
      terms.append(Term(start: step.start, end: step.end, nats: mean, standardError: error))
      for i in 0..<count { totals[i] += values[i] }
    }
    let last = terms.removeLast()
    self.init(
      prior: Term(start: start, end: start, nats: prior.mean, standardError: prior.error), steps: terms,
      reconstruction: last, standardError: average(totals).error)
  }
}
