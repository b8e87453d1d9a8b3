import CTileKernels
import DiffusionProcess
import PointClouds

/// Fills rows of a batch: which points, at which levels, with which noise. A pure function of seed and step.
///
/// An example is one block of Philox: the first word picks the point, the second the level, the other two
/// make its noise. Levels are stratified: row `r` of `B` draws from the r-th of B equal parts of the table, so
/// every step sees all levels evenly (Kingma et al. 2021, *Variational diffusion models*, appendix I.1).
/// Where points and noise are coupled, the rows of one call exchange their noise; where every point has a partner,
/// the partner is its noise. The level of a point with a label is the label, not a drawn one.
struct BatchSource {
  let points: [SIMD2<Float>]
  let labels: [Int]?
  /// What takes the place of the noise of each point.
  let partners: [SIMD2<Float>]?
  let levelCount: Int
  let batch: Int
  let seed: UInt64
  let coupling: NoiseCoupling
  let corruption: Corruption
  let noiseFeatures: Int
  let frequencies: [Float]
  /// Signal and noise of each level, normalized.
  private let signal: [Float]
  private let noise: [Float]
  /// The noise of each level, not normalized.
  private let sigmas: [Double]
  /// The embedding of each level, one after another.
  private let embeddings: [Float]
  /// The amplitude of each octave of the Fourier features at each level, one level after another.
  private let amplitudes: [Float]

  init(
    features: InputFeatures, levels: [NoiseLevel], points: [SIMD2<Float>], labels: [Int]? = nil,
    partners: [SIMD2<Float>]? = nil, batch: Int, seed: UInt64, coupling: NoiseCoupling = .independent,
    corruption: Corruption = .gaussian
  ) {
    precondition(!points.isEmpty && !levels.isEmpty, "\(points.count) points, \(levels.count) levels")
    precondition(
      labels.map { $0.count == points.count && $0.allSatisfy(levels.indices.contains) } ?? true,
      "labels that are no levels of these points")
    precondition(
      partners.map { $0.count == points.count } ?? true,
      "\(partners?.count ?? 0) partners for \(points.count) points")
    self.points = points
    self.labels = labels
    self.partners = partners
    self.batch = batch
    self.seed = seed
    self.coupling = coupling
    self.corruption = corruption
    sigmas = levels.map(\.noise)
    levelCount = levels.count
    noiseFeatures = features.architecture.noiseFeatures
    frequencies = (0..<features.architecture.fourierFeatures).map { features.fourierFrequency(octave: $0) }
    let normalized = levels.map(\.normalized.level)
    signal = normalized.map { Float($0.signal) }
    noise = normalized.map { Float($0.noise) }
    embeddings = levels.flatMap { features.embedding(of: $0) }
    amplitudes = levels.flatMap { features.fourierAmplitudes(at: $0) }
  }

  /// Draws the examples of these rows and writes the network's inputs.
  /// - Precondition: the rows start at a multiple of a block of draws.
  func fill(
    _ rows: Range<Int>, step: Int, buffers: TrainingBuffers, layout: ParameterLayout, kernels: ctk_kernels
  ) {
    let first = rows.lowerBound
    kernels.draw(
      ctk_counter(
        seed: seed, step: UInt32(truncatingIfNeeded: step), purpose: NoiseSource.Purpose.training.number,
        first: UInt32(first)),
      rows.count,
      ctk_draws(
        word0: buffers.word0 + first, word1: buffers.word1 + first, normal0: buffers.noiseX + first,
        normal1: buffers.noiseY + first))
    if let partners {
      for row in rows {
        let partner = partners[point(of: row, buffers)]
        buffers.noiseX[row] = partner.x
        buffers.noiseY[row] = partner.y
      }
    }
    if coupling == .optimalTransport { pair(rows, buffers: buffers) }
    drawExamples(rows, buffers: buffers)
    writeInputs(rows, buffers: buffers, layout: layout)
    if !frequencies.isEmpty { addFourierFeatures(rows, buffers: buffers, layout: layout, kernels: kernels) }
  }

  /// Picks point and level of each row, in a loop of its own: the many points that are in no cache are then
  /// fetched at the same time.
  private func drawExamples(_ rows: Range<Int>, buffers: TrainingBuffers) {
    points.withUnsafeBufferPointer { points in
      for row in rows {
        let position = UInt64(row) << 24 | UInt64(buffers.word1[row] >> 8)  // in 0..<batch · 2²⁴
        let point = point(of: row, buffers)
        buffers.examples[row] = TrainingExample(
          clean: points[point], noise: SIMD2(buffers.noiseX[row], buffers.noiseY[row]),
          level: labels?[point] ?? Int(position * UInt64(levelCount) / (UInt64(batch) << 24)))
      }
    }
  }

  /// Writes level and noisy point of each row.
  private func writeInputs(_ rows: Range<Int>, buffers: TrainingBuffers, layout: ParameterLayout) {
    embeddings.withUnsafeBufferPointer { embeddings in
      guard let first = embeddings.baseAddress else { return }
      for row in rows {
        let example = buffers.examples[row]
        let level = example.level
        let noisy =
          switch corruption {
          case .gaussian: signal[level] * example.clean + noise[level] * example.noise
          case .reflected: ReflectedNetwork.input(example.folded(sigma: sigmas[level]))
          }
        let inputs = buffers.inputs + row * layout.inputStride
        inputs.update(from: first + level * noiseFeatures, count: noiseFeatures)
        inputs[noiseFeatures] = noisy.x
        inputs[noiseFeatures + 1] = noisy.y
      }
    }
  }

  private func point(of row: Int, _ buffers: TrainingBuffers) -> Int {
    Int((UInt64(buffers.word0[row]) &* UInt64(points.count)) >> 32)
  }

  /// Gives each row the noise that optimal transport between the rows' points and noises pairs it with.
  private func pair(_ rows: Range<Int>, buffers: TrainingBuffers) {
    let noises = rows.map { SIMD2(buffers.noiseX[$0], buffers.noiseY[$0]) }
    let partners = optimalAssignment(
      rows.map { SIMD2<Double>(points[point(of: $0, buffers)]) }, to: noises.map { SIMD2<Double>($0) })
    for (row, partner) in zip(rows, partners) {
      buffers.noiseX[row] = noises[partner].x
      buffers.noiseY[row] = noises[partner].y
    }
  }

  private func addFourierFeatures(
    _ rows: Range<Int>, buffers: TrainingBuffers, layout: ParameterLayout, kernels: ctk_kernels
  ) {
    let waves = 2 * frequencies.count
    let at = rows.lowerBound * waves
    FourierFeatures.write(
      rows: rows.count, inputs: buffers.inputs + rows.lowerBound * layout.inputStride,
      stride: layout.inputStride, after: noiseFeatures, frequencies: frequencies,
      turns: buffers.turns + at, sines: buffers.sines + at, cosines: buffers.cosines + at, kernels: kernels
    ) { row, octave in
      amplitudes[buffers.examples[rows.lowerBound + row].level * frequencies.count + octave]
    }
  }
}

/// Sines and cosines of the two coordinates that stand at `after` in each row of inputs, written behind them with
/// the amplitude of their octave.
enum FourierFeatures {
  static func write(
    rows: Int, inputs: UnsafeMutablePointer<Float>, stride: Int, after: Int, frequencies: [Float],
    turns: UnsafeMutablePointer<Float>, sines: UnsafeMutablePointer<Float>,
    cosines: UnsafeMutablePointer<Float>, kernels: ctk_kernels,
    amplitude: (_ row: Int, _ octave: Int) -> Float
  ) {
    let waves = 2 * frequencies.count
    for row in 0..<rows {
      let point = inputs + row * stride + after
      for (k, frequency) in frequencies.enumerated() {
        turns[row * waves + 2 * k] = point[0] * frequency
        turns[row * waves + 2 * k + 1] = point[1] * frequency
      }
    }
    kernels.sine_cosine(rows * waves, turns, sines, cosines)
    for row in 0..<rows {
      let features = inputs + row * stride + after + 2
      for wave in 0..<waves {
        let size = amplitude(row, wave / 2)
        features[2 * wave] = size * sines[row * waves + wave]
        features[2 * wave + 1] = size * cosines[row * waves + wave]
      }
    }
  }
}
