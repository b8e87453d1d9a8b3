import DiffusionProcess
import PointClouds
import RealModule

@testable import TinyNetwork

/// The same network in plain Double loops: to read, and to check the kernels against.
///
/// Slow (a few hundred points a second) and exact to rounding. Backpropagation is tested against central
/// differences here, and the kernels against this.
struct ReferenceNetwork: Sendable {
  /// One layer's weights, inputs × outputs, and biases.
  struct Layer: Sendable {
    /// Row major: the weight from input `i` to output `o` is at `i * bias.count + o`.
    var weight: [Double]
    /// One an output.
    var bias: [Double]
  }

  /// The first layer, the residual layers, and the head.
  var layers: [Layer]

  /// The network with these weights.
  init(_ weights: NetworkWeights) {
    layers = weights.layers.map { Layer(weight: $0.weight.map(Double.init), bias: $0.bias.map(Double.init)) }
  }

  /// The outputs for one point's inputs.
  /// - Complexity: O(weights).
  func callAsFunction(_ inputs: [Double]) -> [Double] { forward(inputs).outputs }

  /// The gradient, by every weight and bias, of a loss whose gradient by the outputs is given.
  ///
  /// Layer by layer from the last: dz = slope ∘ dh; dW = xᵀ·dz; db = dz; dh ← dh + dz·Wᵀ.
  /// - Complexity: O(weights).
  func gradient(_ inputs: [Double], outputGradient dy: [Double]) -> [Layer] {
    let (layerInputs, sums, _) = forward(inputs)
    var gradient = layers
    let head = layers.count - 1
    gradient[head] = Layer(weight: outer(layerInputs[head], dy), bias: dy)
    var dh = back(dy, layers[head])
    for l in (0..<head).reversed() {
      let dz = (0..<dh.count).map { dh[$0] * Self.slope(sums[l][$0]) }
      gradient[l] = Layer(weight: outer(layerInputs[l], dz), bias: dz)
      if l > 0 {
        let through = back(dz, layers[l])
        for i in 0..<dh.count { dh[i] += through[i] }  // the residual path carries dh itself
      }
    }
    return gradient
  }

  /// What each layer read, each hidden layer's sums z before the activation, and the outputs.
  private func forward(_ inputs: [Double]) -> (layerInputs: [[Double]], sums: [[Double]], outputs: [Double]) {
    var layerInputs: [[Double]] = []
    var sums: [[Double]] = []
    var h = inputs
    for (l, layer) in layers.dropLast().enumerated() {
      layerInputs.append(h)
      let z = apply(layer, h)
      sums.append(z)
      h = (0..<z.count).map { Self.silu(z[$0]) + (l > 0 ? h[$0] : 0) }
    }
    layerInputs.append(h)
    return (layerInputs, sums, apply(layers[layers.count - 1], h))
  }

  /// Wᵀ·x + b.
  private func apply(_ layer: Layer, _ x: [Double]) -> [Double] {
    var z = layer.bias
    for i in 0..<x.count {
      for o in 0..<z.count { z[o] += x[i] * layer.weight[i * z.count + o] }
    }
    return z
  }

  /// W·dz.
  private func back(_ dz: [Double], _ layer: Layer) -> [Double] {
    (0..<layer.weight.count / dz.count).map { i in
      (0..<dz.count).reduce(0) { $0 + layer.weight[i * dz.count + $1] * dz[$1] }
    }
  }

  private func outer(_ x: [Double], _ dz: [Double]) -> [Double] {
    x.flatMap { x in dz.map { x * $0 } }
  }

  /// SiLU(z) = z·σ(z).
  static func silu(_ z: Double) -> Double { z / (1 + Double.exp(-z)) }

  /// SiLU′(z) = σ(z)·(1 + z·(1 − σ(z))).
  static func slope(_ z: Double) -> Double {
    let sigmoid = 1 / (1 + Double.exp(-z))
    return sigmoid * (1 + z * (1 - sigmoid))
  }
}

extension InputFeatures {
  /// All inputs of one point, in Double.
  func inputs(_ point: SIMD2<Double>, at level: NoiseLevel) -> [Double] {
    let x = point / level.normalized.norm
    var inputs = embedding(of: level).map(Double.init) + [x.x, x.y]
    let amplitudes = fourierAmplitudes(at: level).map(Double.init)
    for octave in 0..<architecture.fourierFeatures {
      let frequency = Double(fourierFrequency(octave: octave))
      let (sx, cx) = PortableMath.sineCosine(turns: x.x * frequency)
      let (sy, cy) = PortableMath.sineCosine(turns: x.y * frequency)
      inputs += [sx, cx, sy, cy].map { amplitudes[octave] * $0 }
    }
    return inputs
  }
}
