import DiffusionProcess
import PointClouds

/// DEIS: the probability-flow ODE dy/dσ = ε̂, y = x/a, with ε̂ extrapolated by a polynomial in σ through the last
/// predictions and integrated exactly: Adams and Bashforth's method on any grid.
///
/// Zhang and Chen 2023 (arXiv:2204.13902), ρAB-DEIS. Equations (4.5). With one prediction it is DDIM (7.2). The first
/// steps have fewer predictions, and a step to noise 0 is DDIM's.
package struct DEIS: LevelSampler {
  /// The number of predictions that a step uses, in 1...4.
  package let predictions: Int
  /// The predictions of the steps before, newest last.
  private var history: [(sigma: Double, epsilon: PointCloud)] = []

  /// The solver, before its first step.
  package init(predictions: Int = 3) {
    precondition((1...4).contains(predictions), "\(predictions) predictions")
    self.predictions = predictions
  }

  /// 2 at most, because the first step has one prediction alone; with more, the error is smaller, not its order.
  package var order: Int { min(predictions, 2) }
  package var evaluationsPerStep: Int { 1 }
  package var addsNoise: Bool { false }

  /// x_s = a_s·x̂₀ + s_s·ε̂ + a_s·Σ_j c_j·(ε̂_j − ε̂), c_j the integral of Lagrange's polynomial from σ_t to σ_s.
  package mutating func step(
    _ x: inout PointCloud, from: NoiseLevel, to: NoiseLevel, using denoiser: any Denoiser, noise: NoiseSource
  ) {
    let clean = denoiser.denoise(x, at: from)
    var epsilon = clean
    for i in 0..<x.count { epsilon[i] = (x[i] - from.signal * clean[i]) / from.noise }
    let weights = to.noise > 0 ? weights(from: from.sigma, to: to.sigma) : []
    for i in 0..<x.count {
      var bend = SIMD2<Double>.zero
      for (weight, past) in zip(weights, history) { bend += weight * (past.epsilon[i] - epsilon[i]) }
      x[i] = to.signal * (clean[i] + bend) + to.noise * epsilon[i]
    }
    // Without signal σ is infinite, where no polynomial goes.
    if from.signal > 0 { history.append((from.sigma, epsilon)) }
    history = history.suffix(predictions - 1)
  }

  /// The weights of the predictions before, oldest first: those of all sum to σ_s − σ_t.
  private func weights(from: Double, to: Double) -> [Double] {
    let nodes = history.map(\.sigma) + [from]
    // Two points of Gauss and Legendre integrate polynomials up to the third degree exactly.
    let (middle, half) = ((from + to) / 2, (to - from) / 2)
    let places = [-1.0, 1].map { middle + half * $0 / 3.0.squareRoot() }
    return history.indices.map { j in
      half
        * places.reduce(0) { sum, place in
          sum
            + nodes.indices.reduce(1) { product, k in
              k == j ? product : product * (place - nodes[k]) / (nodes[j] - nodes[k])
            }
        }
    }
  }
}

extension DEIS {
  /// How many predictions a step uses.
  package static let predictionsParameter = Parameter.integer(
    "predictions", in: 1...4, default: 3,
    "How many predictions each step of deis uses: its own and those before; 1 is ddim.")

  /// `deis`.
  package static let kind = SamplerKind(
    "deis", "DEIS, multistep in sigma", "Zhang and Chen 2023", on: "karras", steps: 25,
    parameters: [predictionsParameter]
  ) { DEIS(predictions: $0.integer(predictionsParameter)) }
}
