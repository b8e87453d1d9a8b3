import DiffusionProcess
import PointClouds
import TestSupport
import Testing

@testable import TinyNetwork

@Suite("Backpropagation")
struct BackpropagationTests {
  @Test("of the reference agrees with central differences")
  func centralDifferences() {
    let architecture = NetworkArchitecture(width: 6, blocks: 2, noiseFeatures: 4, fourierFeatures: 1)
    let features = InputFeatures(architecture: architecture)
    let inputs = features.inputs(SIMD2(0.4, -0.7), at: NoiseLevel(variancePreserving: 0.6))
    let target = [0.3, -0.8]
    var network = ReferenceNetwork(randomWeights(architecture))
    func loss() -> Double {
      let error = zip(network(inputs), target).map { $0 - $1 }
      return 0.5 * (error[0] * error[0] + error[1] * error[1])
    }
    let said = network(inputs)
    let gradient = network.gradient(inputs, outputGradient: (0..<2).map { said[$0] - target[$0] })
    // h² · f‴ / 6 ≈ 1e-10 of truncation and 1e-16 / h of rounding: 1e-8 leaves room for both.
    let h = 1e-5
    for l in 0..<network.layers.count {
      for i in 0..<network.layers[l].weight.count {
        let before = network.layers[l].weight[i]
        network.layers[l].weight[i] = before + h
        let up = loss()
        network.layers[l].weight[i] = before - h
        let down = loss()
        network.layers[l].weight[i] = before
        #expect(abs((up - down) / (2 * h) - gradient[l].weight[i]) < 1e-8)
      }
      for i in 0..<network.layers[l].bias.count {
        let before = network.layers[l].bias[i]
        network.layers[l].bias[i] = before + h
        let up = loss()
        network.layers[l].bias[i] = before - h
        let down = loss()
        network.layers[l].bias[i] = before
        #expect(abs((up - down) / (2 * h) - gradient[l].bias[i]) < 1e-8)
      }
    }
  }

  @Test("of the kernels agrees with the reference", arguments: Prediction.unitScale)
  func kernels(prediction: Prediction) {
    let architecture = NetworkArchitecture(width: 40, blocks: 2, noiseFeatures: 8, fourierFeatures: 2)
    let weights = randomWeights(architecture)
    let objective = WeightedObjective(simple: NetworkHead(prediction, schedule: .cosine(steps: 10)))
    for kernels in availableKernels {
      let engine = TrainingEngine(
        architecture: architecture, batch: 61, objective: objective,
        points: arcs(30).points.map { SIMD2<Float>($0) / 5 }, seed: 4, clip: 0, kernels: kernels)
      engine.start(weights)
      // A step whose learning rate is 0 leaves the gradient behind.
      engine.buffers.steps[0] = OptimizerStep(rate: 0, averageRate: 0)
      engine.run(first: 3, steps: 1, threads: 1)
      let found = engine.layout.load(engine.buffers.gradient)

      let network = ReferenceNetwork(weights)
      let features = InputFeatures(architecture: architecture)
      var expected = network.layers.map {
        ReferenceNetwork.Layer(
          weight: $0.weight.map { _ in 0 }, bias: $0.bias.map { _ in 0 })
      }
      var loss = 0.0
      for row in 0..<61 {
        let example = engine.buffers.examples[row]
        let level = objective.levels[example.level]
        let clean = SIMD2<Double>(example.clean)
        let noise = SIMD2<Double>(example.noise)
        let inputs = features.inputs(level.noisy(clean, noise), at: level)
        let target = prediction.target(clean: clean, epsilon: noise, at: level)
        let said = network(inputs)
        let error = [said[0] - target.x, said[1] - target.y]
        loss += (error[0] * error[0] + error[1] * error[1]) / 2 / 61
        let part = network.gradient(inputs, outputGradient: error.map { $0 / 61 })
        for l in 0..<part.count {
          for i in 0..<part[l].weight.count { expected[l].weight[i] += part[l].weight[i] }
          for i in 0..<part[l].bias.count { expected[l].bias[i] += part[l].bias[i] }
        }
      }
      // Gradients here are of size 1; Float sums over 61 rows and 40 units keep about 1e-6 of that.
      #expect(abs(engine.buffers.stepLoss[0] - loss) < 1e-5 * loss)
      for l in 0..<expected.count {
        for (a, b) in zip(found.layers[l].weight, expected[l].weight) { #expect(abs(Double(a) - b) < 1e-5) }
        for (a, b) in zip(found.layers[l].bias, expected[l].bias) { #expect(abs(Double(a) - b) < 1e-5) }
      }
    }
  }

  @Test("leaves the padding of the weights at zero")
  func padding() {
    let recipe = smallRecipe(steps: 20)
    let engine = TrainingEngine(
      architecture: recipe.architecture, batch: 32,
      objective: WeightedObjective(simple: recipe.head),
      points: arcs(30).points.map { SIMD2<Float>($0) / 5 }, seed: 4, clip: 0)
    engine.start(randomWeights(recipe.architecture))
    for i in 0..<20 {
      engine.buffers.steps[i] = OptimizerStep(rate: 1e-2, weightDecay: 1, averageRate: 0.1)
    }
    engine.run(first: 0, steps: 20, threads: 1)
    let layout = engine.layout
    // What the weights are, put into fresh zeros, is all that there is.
    var memory = [Float](repeating: 0, count: layout.count)
    memory.withUnsafeMutableBufferPointer {
      guard let base = $0.baseAddress else { return }
      layout.store(layout.load(engine.buffers.weights), into: base)
    }
    #expect((0..<layout.count).allSatisfy { memory[$0] == engine.buffers.weights[$0] })
  }
}
