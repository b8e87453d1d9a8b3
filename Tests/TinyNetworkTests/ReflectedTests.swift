import DiffusionProcess
import PointClouds
import TestSupport
import Testing

@testable import TinyNetwork

@Suite("Training between walls")
struct ReflectedTests {
  private static let walls = DataBox(lower: SIMD2(-1, -1), upper: SIMD2(1, 1))

  private func recipe(steps: Int) -> TrainingRecipe {
    var recipe = smallRecipe(steps: steps)
    recipe.learningRate = 4e-3
    recipe.loss = .reflected
    recipe.prediction = .score
    recipe.box = Self.walls
    return recipe
  }

  private func points(_ count: Int) -> PointCloud {
    Box().sample(count: count, noise: NoiseSource(seed: 4, purpose: .training))
  }

  @Test(
    "asks for σ times the kernel's score at the folded point, which is what the folded noise says on average")
  func target() {
    let objective = ReflectedObjective(ReflectedDiffusion())
    let clean = SIMD2<Float>(0.07, 0.6)
    for level in [300, 700, 900] {
      let sigma = objective.levels[level].noise
      let kernel = ReflectedKernel(sigma: sigma)
      var (difference, square) = (0.0, 0.0)
      let count = 20_000
      for i in 0..<count {
        let noise = NoiseSource(seed: 1, purpose: .forward).normal(particle: i)
        let example = TrainingExample(clean: clean, noise: SIMD2<Float>(noise), level: level)
        let gradient = value(objective, [0, 0], example).gradient
        let fold = Fold(SIMD2<Double>(clean) + sigma * SIMD2<Double>(example.noise))
        let score = kernel.score(fold.place.x, given: Double(clean.x))
        // Outputs of 0 leave minus the target as the gradient; the target is rounded to Float.
        #expect(isClose(Double(-gradient[0]), sigma * score, 1e-6))
        // E[(−R′ζ − σ·∂ log K)·f(x)] = 0 for every f of the folded point.
        let error = (-fold.slope.x * noise.x - sigma * score) * (1 + fold.place.x)
        difference += error
        square += error * error
      }
      // Five standard errors.
      #expect(abs(difference) < 5 * square.squareRoot() + 1e-2)
    }
  }

  @Test("shows the network the folded point as the model shows it its own")
  func inputs() {
    let objective = ReflectedObjective(ReflectedDiffusion())
    let architecture = NetworkArchitecture(width: 24, blocks: 1, noiseFeatures: 8, fourierFeatures: 2)
    let weights = randomWeights(architecture)
    let engine = TrainingEngine(
      architecture: architecture, batch: 61, objective: objective,
      points: Self.walls.toUnit(points(30)).points.map { SIMD2<Float>($0) }, seed: 4, clip: 0)
    engine.start(weights)
    engine.buffers.steps[0] = OptimizerStep(rate: 0, averageRate: 0)
    engine.run(first: 3, steps: 1, threads: 1)
    let network = ReflectedNetwork(weights: weights, threads: 1)
    let reference = ReferenceNetwork(weights)
    for row in 0..<61 {
      let example = engine.buffers.examples[row]
      let sigma = objective.levels[example.level].noise
      let x = example.folded(sigma: sigma)
      let said = network.score(PointCloud([x]), sigma: sigma)[0] * sigma
      let outputs = engine.buffers.outputs + 2 * row
      // The same kernels on the same inputs; the reference is in Double, on the same features.
      #expect(isClose(said, SIMD2(Double(outputs[0]), Double(outputs[1])), 1e-6))
      let level = objective.levels[example.level]
      let inputs = InputFeatures(architecture: architecture)
      var features = inputs.embedding(of: level).map(Double.init)
      let u = 4 * x - 2
      features += [u.x, u.y]
      for (frequency, height) in zip([0.125, 0.25], inputs.fourierAmplitudes(at: level).map(Double.init)) {
        for coordinate in [u.x, u.y] {
          let (sine, cosine) = PortableMath.sineCosine(turns: frequency * coordinate)
          features += [height * sine, height * cosine]
        }
      }
      let expected = reference(features)
      #expect(isClose(said, SIMD2(expected[0], expected[1]), 1e-5))
    }
  }

  @Test("has the gradient of its loss in the weights that central differences have")
  func backpropagation() {
    let objective = ReflectedObjective(ReflectedDiffusion())
    let architecture = NetworkArchitecture(width: 16, blocks: 1, noiseFeatures: 8)
    let weights = randomWeights(architecture)
    let engine = TrainingEngine(
      architecture: architecture, batch: 48, objective: objective,
      points: Self.walls.toUnit(points(30)).points.map { SIMD2<Float>($0) }, seed: 4, clip: 0)
    func loss(_ weights: NetworkWeights) -> Double {
      engine.start(weights)
      engine.buffers.steps[0] = OptimizerStep(rate: 0, averageRate: 0)
      engine.run(first: 3, steps: 1, threads: 1)
      return engine.buffers.stepLoss[0]
    }
    _ = loss(weights)
    let gradient = engine.layout.load(engine.buffers.gradient)
    for layer in 0..<weights.layers.count {
      for i in [0, 7, weights.layers[layer].weight.count - 1] {
        var (up, down) = (weights, weights)
        up.layers[layer].weight[i] += 0.02
        down.layers[layer].weight[i] -= 0.02
        let difference = (loss(up) - loss(down)) / 0.04
        // Rounding of Float losses near 1 over 0.04, and h² of a third derivative of order 1.
        let found =
          engine.layout.architecture == architecture ? Double(gradient.layers[layer].weight[i]) : .nan
        #expect(abs(difference - found) < 1e-4 + 2e-3 * abs(difference), "layer \(layer), weight \(i)")
      }
    }
  }

  @Test("brings the score near the exact one")
  func learns() throws {
    var recipe = recipe(steps: 800)
    recipe.fourierFeatures = 3  // the third octave has the lattice's own period
    let trainer = try Trainer(points: points(4000), dataset: "box", recipe: recipe)
    let mixture = try #require(Box().foldedMixture)
    let oracle = try #require(FoldedMixture(mixture, into: Self.walls))
    // The mean of ‖σ(ψ̂ − ψ)‖² at noisy points of four levels.
    func error() -> Double {
      let network = trainer.model.reflectedScore(threads: 1)
      let unit = Self.walls.toUnit(points(500))
      var total = 0.0
      for sigma in [0.03, 0.1, 0.3, 0.8] {
        let x = ReflectedDiffusion.noisy(unit, sigma: sigma, noise: NoiseSource(seed: 9, purpose: .heldOut))
        let (found, exact) = (network.score(x, sigma: sigma), oracle.score(x, sigma: sigma))
        for i in 0..<x.count {
          let e = sigma * (found[i] - exact[i])
          total += (e * e).sum() / Double(4 * x.count)
        }
      }
      return total
    }
    let before = error()
    try trainer.run(steps: 800)
    // Untrained networks say 0, which is off by the exact score; the exact score itself is not off at all.
    #expect(before > 0.09)
    let after = error()
    #expect(after < 0.25 * before, "\(after) after \(before)")
  }

  @Test("gives the same weights for 1 and 2 threads")
  func threads() throws {
    func weights(threads: Int) throws -> NetworkWeights {
      var recipe = recipe(steps: 40)
      recipe.threads = threads
      let trainer = try Trainer(points: points(300), dataset: "box", recipe: recipe)
      try trainer.run(steps: 40)
      return trainer.model.weights
    }
    #expect(try weights(threads: 1) == weights(threads: 2))
  }

  @Test("keeps the walls in the checkpoint, and a file whose walls make no box is refused")
  func checkpoint() throws {
    let trainer = try Trainer(points: points(50), dataset: "box", recipe: recipe(steps: 20))
    try trainer.run(steps: 10)
    let model = trainer.model
    #expect(model.reflection == ReflectedDiffusion(box: Self.walls))
    #expect(model.standardization == .identity && model.reflection != nil)
    try withTemporaryFolder { folder in
      let path = folder + "/model.safetensors"
      try model.write(to: path)
      #expect(try TrainedModel(contentsOf: path) == model)
      let file = try SafeTensors(decoding: AtomicFile.read(path), path: path)
      for (key, text) in [
        ("box_upper", "-1 1"), ("box_lower", "2 -1"), ("box_upper", "one one"), ("sigma_min", "0"),
        ("sigma_max", "0.001"), ("sigma_max", "1e9"), ("sigma_min", nil),
      ] {
        var changed = file
        changed.metadata[key] = text
        try AtomicFile.write(changed.encoded(), to: path)
        #expect(throws: FileError.self, "\(key) \(text ?? "missing")") { try TrainedModel(contentsOf: path) }
      }
    }
  }

  @Test("needs points with room between walls, all of them inside")
  func badPoints() throws {
    var recipe = recipe(steps: 10)
    recipe.box = DataBox(lower: SIMD2(-0.5, -1), upper: SIMD2(1, 1))
    #expect(throws: TrainingError.self) { try Trainer(points: points(100), dataset: "box", recipe: recipe) }
    recipe.box = nil
    let line = PointCloud([SIMD2(0, 1), SIMD2(1, 1), SIMD2(2, 1)])
    #expect(throws: TrainingError.self) { try Trainer(points: line, dataset: "line", recipe: recipe) }
    // Without walls of its own a cloud gets the smallest box around it.
    let cloud = points(100)
    let trainer = try Trainer(points: cloud, dataset: "box", recipe: recipe)
    #expect(trainer.model.reflection?.box == DataBox(around: cloud))
  }

  @Test("goes with the score alone, and with no variance that would have nothing to do")
  func refusals() {
    for prediction in Prediction.allCases where prediction != .score {
      #expect(
        TrainingLoss.reflected.problem(NetworkHead(prediction, schedule: .cosine(steps: 10)))?
          .contains("score") == true)
    }
    for variance in ReverseVariance.trainable {
      let problem = TrainingLoss.reflected.problem(
        NetworkHead(.score, variance: variance, schedule: .cosine(steps: 10)))
      #expect((problem == nil) == (variance == .transition))
    }
  }
}
