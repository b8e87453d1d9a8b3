import DiffusionProcess
import PointClouds
import TestSupport
import Testing

@testable import TinyNetwork

@Suite("Checkpoints")
struct CheckpointTests {
  @Test("come back bit for bit, and as the same bytes")
  func roundTrip() throws {
    try withTemporaryFolder { folder in
      let model = try savedModel()
      try model.write(to: folder + "/a.safetensors")
      let read = try TrainedModel(contentsOf: folder + "/a.safetensors")
      #expect(read == model)
      try read.write(to: folder + "/b.safetensors")
      #expect(
        try AtomicFile.read(folder + "/a.safetensors") == AtomicFile.read(folder + "/b.safetensors"))
      let points = arcs(10)
      let level = model.schedule.level(step: 40)
      #expect(model.denoiser().denoise(points, at: level) == read.denoiser().denoise(points, at: level))
    }
  }

  @Test("keep the variance and the loss", arguments: ReverseVariance.trainable)
  func heads(variance: ReverseVariance) throws {
    var recipe = smallRecipe(steps: 20)
    recipe.prediction = .mean
    recipe.variance = variance
    recipe.loss = variance == .moments ? .gms : .vlb
    recipe.schedule = try #require(DiscreteSchedule.named("ve", steps: 30))
    let trainer = try Trainer(points: arcs(50), dataset: "arcs", recipe: recipe)
    try trainer.run(steps: 20)
    try withTemporaryFolder { folder in
      try trainer.model.write(to: folder + "/a.safetensors")
      let read = try TrainedModel(contentsOf: folder + "/a.safetensors")
      #expect(read == trainer.model)
      #expect(read.variance == variance && read.recipe.loss == recipe.loss && read.prediction == .mean)
      let level = recipe.schedule.level(step: 7)
      #expect(
        read.denoiser().denoise(arcs(9), at: level) == trainer.model.denoiser().denoise(arcs(9), at: level))
    }
  }

  @Test("name the optimizer, unless it is the one of all files without a name", arguments: Optimizer.all)
  func optimizers(optimizer: Optimizer) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/model.safetensors"
      var recipe = smallRecipe(steps: 20)
      recipe.use(optimizer)
      let trainer = try Trainer(points: arcs(50), dataset: "arcs", recipe: recipe)
      try trainer.run(steps: 9)
      try trainer.model.write(to: path)
      #expect(try TrainedModel(contentsOf: path) == trainer.model)
      let file = try SafeTensors(decoding: AtomicFile.read(path), path: path)
      #expect(file.metadata["optimizer"] == (optimizer == .adamW ? nil : optimizer.name))
    }
  }

  @Test("of versions 1 to 4 are read: no state, no other decay; the simple loss and a fixed variance")
  func oldVersions() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/model.safetensors"
      let model = try savedModel(fourierFeatures: 0)
      try model.write(to: path)
      var file = try SafeTensors(decoding: AtomicFile.read(path), path: path)
      #expect(file.metadata["version"] == TrainedModel.checkpointVersion)
      // Before version 5 nothing said where the data came from.
      for key in file.metadata.keys
      where ["data_", "held_out", "training_points"].contains(where: key.hasPrefix) {
        file.metadata[key] = nil
      }
      for version in ["4", "3"] {
        file.metadata["version"] = version
        try AtomicFile.write(file.encoded(), to: path)
        let read = try TrainedModel(contentsOf: path)
        #expect(read.origin == nil && read.weights == model.weights && read.state == model.state)
      }
      file.tensors = file.tensors.filter { !$0.key.hasPrefix("state.") }
      for key in file.metadata.keys where key.hasPrefix("state_") { file.metadata[key] = nil }
      file.metadata["decay"] = nil
      file.metadata["version"] = "2"
      let old = TrainedModel(
        weights: model.weights, recipe: model.recipe, standardization: model.standardization,
        support: model.support, dataset: model.dataset, step: model.step, history: model.history)
      try AtomicFile.write(file.encoded(), to: path)
      #expect(try TrainedModel(contentsOf: path) == old)
      file.metadata["version"] = "1"
      file.metadata["variance"] = nil
      file.metadata["loss"] = nil
      try AtomicFile.write(file.encoded(), to: path)
      #expect(try TrainedModel(contentsOf: path) == old)
    }
  }

  @Test("with a schedule that no name restores are not written")
  func foreignSchedule() throws {
    var recipe = smallRecipe()
    recipe.schedule = DiscreteSchedule(name: "cosine", betas: [0.1, 0.2])
    let model = try Trainer(points: arcs(20), dataset: "arcs", recipe: recipe).model
    try withTemporaryFolder { folder in
      #expect(throws: FileError.self) { try model.write(to: folder + "/model.safetensors") }
    }
  }

  @Test("of a network with other outputs than its recipe says are not written: they could not be read")
  func foreignObjective() throws {
    let recipe = smallRecipe()
    let head = NetworkHead(.v, variance: .moments, schedule: recipe.schedule)
    let trainer = try Trainer(
      points: arcs(20), dataset: "arcs", recipe: recipe, objective: MomentObjective("moments", head))
    try withTemporaryFolder { folder in
      let error = #expect(throws: FileError.self) {
        try trainer.model.write(to: folder + "/model.safetensors")
      }
      #expect(error?.problem.contains("6 outputs") == true)
      let left = try files(in: folder)
      #expect(left.isEmpty)
    }
  }

  @Test("keep where the data came from, and a scale for each coordinate")
  func origins() throws {
    let origins: [DataOrigin?] = [
      nil, DataSource(Moons()).origin, DataSource(Ring(radius: 3)).origin,
      DataSource(GaussianMixture(means: [SIMD2(0, 1)], std: 2), name: "m", path: "a/m.json").origin,
      DataSource(arcs(50), name: "arcs", path: "../arcs.csv", heldOut: HeldOutRows(seed: 9)).origin,
    ]
    try withTemporaryFolder { folder in
      for origin in origins {
        var wide = arcs(50).map { $0 * SIMD2(1e6, 1) }
        wide.labels = (0..<50).map { $0 % 2 }
        wide.labelNames = ["sétosa, \"red\"", "\n"]
        let trainer = try Trainer(points: wide, dataset: "arcs", origin: origin, recipe: smallRecipe())
        try trainer.run(steps: 2)
        try trainer.model.write(to: folder + "/m.safetensors")
        let read = try TrainedModel(contentsOf: folder + "/m.safetensors")
        #expect(read == trainer.model && read.origin == origin && !read.standardization.isShared)
        #expect(read.labelNames == wide.labelNames)
      }
    }
  }

  @Test("say nothing to the terminal that shows their name", arguments: ["\u{1B}[2J", "a\nb", "x\u{202E}y"])
  func hostileName(name: String) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/m.safetensors"
      let model = try savedModel()
      try model.write(to: path)
      var file = try SafeTensors(decoding: AtomicFile.read(path), path: path)
      file.metadata["dataset"] = name + String(repeating: "z", count: 1_000_000)
      try AtomicFile.write(file.encoded(), to: path)
      let read = try TrainedModel(contentsOf: path).dataset
      #expect(read.count <= 81 && read.contains("\u{FFFD}"))
      #expect(read.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    }
  }
}
