import PointClouds

/// The weights and biases of a network, layer by layer, as plain numbers.
package struct NetworkWeights: Sendable, Hashable {
  /// One layer: y = Wᵀ·x + b.
  package struct Layer: Sendable, Hashable {
    /// The layer's inputs.
    package let inputs: Int
    /// The layer's outputs.
    package let outputs: Int
    /// W, inputs × outputs, row major: the weight from input `i` to output `o` is at `i * outputs + o`.
    package var weight: [Float]
    /// b, one per output.
    package var bias: [Float]
  }

  /// The shape of the network.
  package let architecture: NetworkArchitecture
  /// The first layer, the residual layers, and the head.
  package var layers: [Layer]

  /// Weights that are all 0.
  /// - Precondition: the architecture has no ``NetworkArchitecture/problem``.
  package init(zeros architecture: NetworkArchitecture) {
    precondition(architecture.problem == nil, architecture.problem ?? "")
    self.architecture = architecture
    let width = architecture.width
    let sizes =
      [(architecture.inputs, width)] + (0..<architecture.blocks).map { _ in (width, width) }
      + [(width, architecture.outputs)]
    layers = sizes.map { inputs, outputs in
      Layer(
        inputs: inputs, outputs: outputs, weight: [Float](repeating: 0, count: inputs * outputs),
        bias: [Float](repeating: 0, count: outputs))
    }
  }

  /// Random weights to start from: uniform within ±1 / √inputs in every hidden layer, and a head of zeros, so
  /// that the first prediction is 0 and the first steps are calm.
  package init(random architecture: NetworkArchitecture, noise: NoiseSource) {
    self.init(zeros: architecture)
    for l in 0..<layers.count - 1 {
      let limit = 1 / Double(layers[l].inputs).squareRoot()
      let source = noise.at(step: l)
      func draw(_ i: Int, lane: Int) -> Float {
        Float((2 * source.uniform(particle: i, lane: lane).x - 1) * limit)
      }
      for i in 0..<layers[l].weight.count { layers[l].weight[i] = draw(i, lane: 0) }
      for i in 0..<layers[l].bias.count { layers[l].bias[i] = draw(i, lane: 1) }
    }
  }

  /// Whether every number is finite.
  package var isFinite: Bool {
    layers.allSatisfy { $0.weight.allSatisfy(\.isFinite) && $0.bias.allSatisfy(\.isFinite) }
  }
}
