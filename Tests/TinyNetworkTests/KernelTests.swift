import CTileKernels
import PointClouds
import RealModule
import Testing

@testable import TinyNetwork

/// Draws into arrays.
private func draw(
  _ counter: ctk_counter, _ count: Int, _ words0: inout [UInt32], _ words1: inout [UInt32],
  _ x: inout [Float],
  _ y: inout [Float], _ kernels: ctk_kernels
) {
  words0.withUnsafeMutableBufferPointer { words0 in
    words1.withUnsafeMutableBufferPointer { words1 in
      x.withUnsafeMutableBufferPointer { x in
        y.withUnsafeMutableBufferPointer { y in
          kernels.draw(
            counter, count,
            ctk_draws(
              word0: words0.baseAddress, word1: words1.baseAddress, normal0: x.baseAddress,
              normal1: y.baseAddress))
        }
      }
    }
  }
}

/// One layer, as wide as there are biases, on arrays without gaps between rows.
private func forward(
  rows: Int, depth: Int, _ x: [Float], _ w: [Float], _ bias: [Float], _ y: inout [Float],
  _ slope: UnsafeMutablePointer<Float>?, _ kernels: ctk_kernels
) {
  let width = bias.count
  x.withUnsafeBufferPointer { x in
    w.withUnsafeBufferPointer { w in
      bias.withUnsafeBufferPointer { bias in
        y.withUnsafeMutableBufferPointer { y in
          kernels.forward(
            ctk_forward(
              rows: rows, depth: depth, width: width, x: ctk_input(at: x.baseAddress, stride: depth),
              w: ctk_input(at: w.baseAddress, stride: width), bias: bias.baseAddress,
              y: ctk_output(at: y.baseAddress, stride: width), slope: ctk_output(at: slope, stride: width),
              residual: 0))
        }
      }
    }
  }
}

@Suite("The kernels")
struct KernelTests {
  @Test("draw the words of the project's Philox, and normals from them")
  func philox() {
    let seed: UInt64 = 0x1234_5678_9abc_def0
    let step = 77
    let first = 48
    let count = 33  // not a whole number of vectors
    let source = NoiseSource(seed: seed, purpose: .training).at(step: step)
    for kernels in availableKernels {
      var words0 = [UInt32](repeating: 0, count: 48)
      var words1 = words0
      var x = [Float](repeating: 0, count: 48)
      var y = x
      draw(
        ctk_counter(
          seed: seed, step: UInt32(step), purpose: NoiseSource.Purpose.training.number, first: UInt32(first)),
        count, &words0, &words1, &x, &y, kernels)
      for i in 0..<count {
        let bits = source.bits(particle: first + i)
        #expect(words0[i] == bits.x && words1[i] == bits.y)
        // The same Box–Muller formula in Double, on the same 24 bits a number.
        let radius = (-2 * Double.log((Double(bits.z >> 8) + 0.5) * 0x1p-24)).squareRoot()
        let angle = 2 * Double.pi * Double(bits.w >> 8) * 0x1p-24
        // Five digits of a number below 6 are what Float polynomials of a few ulp leave.
        #expect(abs(Double(x[i]) - radius * Double.cos(angle)) < 5e-6)
        #expect(abs(Double(y[i]) - radius * Double.sin(angle)) < 5e-6)
      }
    }
  }

  @Test("draw noise of mean 0, variance 1 and no correlation")
  func moments() {
    let count = 65_536
    var words0 = [UInt32](repeating: 0, count: count)
    var words1 = words0
    var x = [Float](repeating: 0, count: count)
    var y = x
    draw(
      ctk_counter(seed: 9, step: 1, purpose: 2, first: 0), count, &words0, &words1, &x, &y, ctk_best().pointee
    )
    let n = Double(count)
    func mean(_ f: (Double, Double) -> Double) -> Double {
      (0..<count).reduce(0) { $0 + f(Double(x[$1]), Double(y[$1])) } / n
    }
    // Five standard errors: 1/√n of a mean and a product, √(2/n) of a variance, √(96/n) of a fourth moment.
    #expect(abs(mean { x, _ in x }) < 5 / n.squareRoot())
    #expect(abs(mean { _, y in y }) < 5 / n.squareRoot())
    #expect(abs(mean { x, y in x * y }) < 5 / n.squareRoot())
    #expect(abs(mean { x, _ in x * x } - 1) < 5 * (2 / n).squareRoot())
    #expect(abs(mean { _, y in y * y * y * y } - 3) < 5 * (96 / n).squareRoot())
  }

  @Test("know sine and cosine to a few units in the last place of Float")
  func sineCosine() {
    let turns = (0..<256).map { Float($0 - 128) * 0.0371 }
    for kernels in availableKernels {
      var sines = [Float](repeating: 0, count: 256)
      var cosines = sines
      kernels.sine_cosine(256, turns, &sines, &cosines)
      for i in 0..<256 {
        let (sine, cosine) = PortableMath.sineCosine(turns: Double(turns[i]))
        #expect(abs(Double(sines[i]) - sine) < 2e-7)
        #expect(abs(Double(cosines[i]) - cosine) < 2e-7)
      }
    }
  }

  @Test("know SiLU and its slope from −100 to 100, and keep what is not a number")
  func silu() {
    let z = (0..<64).map { Float($0 - 32) * 3.2 } + [.nan]
    for kernels in availableKernels {
      var values = [Float](repeating: 0, count: 65 * 32)
      var slopes = values
      // One input, whose weight to all units is 1.
      slopes.withUnsafeMutableBufferPointer { slopes in
        forward(
          rows: 65, depth: 1, z, [Float](repeating: 1, count: 32), [Float](repeating: 0, count: 32), &values,
          slopes.baseAddress, kernels)
      }
      #expect(values[64 * 32].isNaN && slopes[64 * 32].isNaN)
      for i in 0..<64 {
        // Relative to the larger of value and 1: a few units in the last place.
        #expect(
          abs(Double(values[i * 32]) - ReferenceNetwork.silu(Double(z[i]))) <= 4e-7
            * max(1, abs(Double(z[i]))))
        #expect(
          abs(Double(slopes[i * 32]) - ReferenceNetwork.slope(Double(z[i]))) <= 4e-7
            * max(1, abs(Double(z[i]))))
      }
    }
  }

  @Test("add up a layer of any width and depth, and begin its sums where another call left off, bit for bit")
  func sums() {
    // 96 columns are a wide block and a narrow one; 11 rows are blocks of every height.
    let (rows, depth, width) = (11, 7, 96)
    func numbers(_ count: Int, _ step: Double) -> [Float] {
      (0..<count).map { Float(PortableMath.sineCosine(turns: Double($0) * step).sine) }
    }
    let x = numbers(rows * depth, 0.137)
    let w = numbers(depth * width, 0.211)
    let bias = numbers(width, 0.371)
    for kernels in availableKernels {
      var whole = [Float](repeating: 0, count: rows * width)
      forward(rows: rows, depth: depth, x, w, bias, &whole, nil, kernels)
      for r in 0..<rows {
        for o in 0..<width {
          let z = (0..<depth).reduce(Double(bias[o])) {
            $0 + Double(x[r * depth + $1]) * Double(w[$1 * width + o])
          }
          // A chain of 8 sums of size 2, and SiLU.
          #expect(abs(Double(whole[r * width + o]) - ReferenceNetwork.silu(z)) < 2e-6)
        }
        // The first three inputs in another call.
        var sums = bias
        w.withUnsafeBufferPointer {
          kernels.add_product(
            3, width, Array(x[r * depth..<r * depth + 3]), ctk_input(at: $0.baseAddress, stride: width), &sums
          )
        }
        var row = [Float](repeating: 0, count: width)
        forward(
          rows: 1, depth: depth - 3, Array(x[r * depth + 3..<(r + 1) * depth]), Array(w[(3 * width)...]),
          sums,
          &row, nil, kernels)
        #expect(row == Array(whole[r * width..<(r + 1) * width]))
      }
    }
  }

  @Test("transpose a square of any width")
  func transposition() {
    for kernels in availableKernels {
      for width in [32, 96] {
        let w = (0..<width * width).map { Float($0) }
        var transposed = [Float](repeating: 0, count: width * width)
        w.withUnsafeBufferPointer { w in
          transposed.withUnsafeMutableBufferPointer {
            kernels.transpose(
              width, ctk_input(at: w.baseAddress, stride: width),
              ctk_output(at: $0.baseAddress, stride: width))
          }
        }
        #expect((0..<width * width).allSatisfy { transposed[$0] == w[$0 % width * width + $0 / width] })
      }
    }
  }

  @Test("do the multiply-adds that the peak is counted in")
  func multiplyAdds() {
    for kernels in availableKernels {
      // x ← x / 2 + 1 / 2 leads every chain to 1, whatever it starts from; the first lanes are added up.
      let chains = kernels.multiply_adds(200, 0.5)
      #expect(chains >= 8)
      // The lanes of a vector, each of which is one multiply-add.
      #expect([4, 8, 16].contains(Double(kernels.multiply_adds_per_round) / Double(chains)))
      // Without a round, nothing was done.
      #expect(kernels.multiply_adds(0, 0.5) == chains * (chains - 1) / 2)
    }
  }

  @Test("give the same bits on every instruction set with fused multiply-add")
  func sameBits() {
    let recipe = smallRecipe(steps: 40)
    let results = fusedKernels.map { trainedWeights(recipe, kernels: $0) }
    #expect(results.dropFirst().allSatisfy { $0 == results[0] })
    #expect(results[0].isFinite)
  }

  /// The weights after a recipe's steps with given kernels and a constant learning rate.
  private func trainedWeights(_ recipe: TrainingRecipe, kernels: ctk_kernels) -> NetworkWeights {
    let engine = TrainingEngine(
      architecture: recipe.architecture, batch: recipe.batch,
      objective: WeightedObjective(simple: recipe.head),
      points: arcs(50).points.map { SIMD2<Float>($0) / 3 }, seed: 1, clip: 1, kernels: kernels)
    engine.start(randomWeights(recipe.architecture))
    for i in 0..<recipe.steps {
      engine.buffers.steps[i] = OptimizerStep(rate: 1e-3, averageRate: 0.1)
    }
    engine.run(first: 0, steps: recipe.steps, threads: 1)
    return engine.layout.load(engine.buffers.weights)
  }
}
