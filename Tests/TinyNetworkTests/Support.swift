import CTileKernels
import DiffusionProcess
import PointClouds

@testable import TinyNetwork

/// Every instruction set's kernels that this machine runs.
var availableKernels: [ctk_kernels] { (0..<3).compactMap { ctk_available($0)?.pointee } }

/// Those that promise the same bits.
var fusedKernels: [ctk_kernels] { availableKernels.filter { $0.fused != 0 } }

/// Two arcs, quickly drawn.
func arcs(_ count: Int, seed: UInt64 = 3, purpose: NoiseSource.Purpose = .data) -> PointCloud {
  let noise = NoiseSource(seed: seed, purpose: purpose)
  return PointCloud(
    (0..<count).map { i in
      let (sine, cosine) = PortableMath.sineCosine(turns: noise.uniform(particle: i).x / 2)
      let arc = i % 2 == 0 ? SIMD2(cosine, sine) : SIMD2(1 - cosine, 0.5 - sine)
      return 3 * arc + 0.1 * noise.normal(particle: i, lane: 1) + SIMD2(5, -2)
    })
}

/// A recipe that trains in a moment.
func smallRecipe(steps: Int = 300) -> TrainingRecipe {
  var recipe = TrainingRecipe()
  recipe.steps = steps
  recipe.batch = 100  // no multiple of anything
  recipe.width = 40
  recipe.blocks = 2
  recipe.noiseFeatures = 16
  recipe.emaDecay = 0.98
  recipe.warmup = 20
  recipe.schedule = .cosine(steps: 100)
  recipe.threads = 1
  return recipe
}

/// A network's random weights, none of them 0, not even in the head.
func randomWeights(_ architecture: NetworkArchitecture, seed: UInt64 = 5) -> NetworkWeights {
  let noise = NoiseSource(seed: seed, purpose: .weights)
  var weights = NetworkWeights(zeros: architecture)
  for l in 0..<weights.layers.count {
    let scale = 1 / Double(weights.layers[l].inputs).squareRoot()
    for i in 0..<weights.layers[l].weight.count {
      weights.layers[l].weight[i] = Float(scale * noise.at(step: l).normal(particle: i).x)
    }
    for i in 0..<weights.layers[l].bias.count {
      weights.layers[l].bias[i] = Float(0.3 * noise.at(step: l).normal(particle: i, lane: 1).x)
    }
  }
  return weights
}

/// The loss of an example at these outputs, and its gradient by them.
func value(
  _ objective: any TrainingObjective, _ output: [Float], _ example: TrainingExample
) -> (loss: Float, gradient: [Float]) {
  var gradient = [Float](repeating: .nan, count: objective.outputs)
  var span = gradient.mutableSpan
  let loss = objective.loss(of: output.span, for: example, gradient: &span)
  return (loss, gradient)
}

/// The mean of (ε̂ − ε)² at ten steps spread over the chain.
func noiseError(
  of denoiser: any Denoiser, on points: PointCloud, schedule: DiscreteSchedule
) -> Double {
  var total = 0.0
  for k in 0..<10 {
    let step = (2 * k + 1) * schedule.steps / 20
    let level = schedule.level(step: step)
    let noise = NoiseSource(seed: 1, purpose: .heldOut).at(step: step).normalCloud(count: points.count)
    var noisy = points
    for i in 0..<points.count { noisy[i] = level.noisy(points[i], noise[i]) }
    let predicted = denoiser.predictedNoise(noisy, at: level)
    for i in 0..<points.count {
      let error = predicted[i] - noise[i]
      total += (error * error).sum()
    }
  }
  return total / Double(20 * points.count)
}
