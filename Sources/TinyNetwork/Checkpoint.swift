import DiffusionProcess
import PointClouds

/// Models as `.safetensors` files: the weights in PyTorch's names and shapes (a `Linear` layer's weight is
/// outputs × inputs), the loss history, the optimizer's state where training is not finished, and everything
/// else as texts in the metadata.
extension TrainedModel {
  /// The value of the metadata's `format`.
  package static let checkpointFormat = "diffusionlab"
  /// The version of the layout that this program writes.
  package static let checkpointVersion = "5"
  /// The versions that this program reads.
  package static let readableVersions = ["1", "2", "3", "4", "5"]
  /// The versions in which Fourier features had their full amplitude at every noise level: of these, only networks
  /// without any are read.
  private static let unfadedVersions: Set = ["1", "2", "3"]
  /// The longest chain that a checkpoint may ask for.
  private static let stepsLimit = 1_000_000

  /// Writes the model, whole or not at all. The same model gives the same bytes.
  /// - Throws: `FileError` if the file cannot be written, the schedule is not the one that its name restores, or
  ///   the network is not the recipe's, as after training for an objective with other outputs.
  public func write(to path: String) throws(FileError) {
    guard weights.architecture == recipe.architecture else {
      throw FileError(
        path: path,
        problem:
          "the network has \(architecture.outputs) outputs in \(architecture.hidden), and its recipe says "
          + "\(recipe.architecture.outputs) in \(recipe.architecture.hidden)",
        remedy: "train for a loss of the recipe, or keep the weights another way")
    }
    guard DiscreteSchedule.named(schedule.name, steps: schedule.steps) == schedule else {
      throw FileError(
        path: path, problem: "the schedule “\(schedule.name)” is not the one that its name stands for",
        remedy: "train with a schedule of the registry")
    }
    var tensors: [String: SafeTensors.Tensor] = [:]
    Self.put(weights, prefix: "", into: &tensors)
    putState(into: &tensors)
    tensors["loss_history"] = SafeTensors.Tensor(
      shape: [history.count, 2], doubles: history.flatMap { [Double($0.step), $0.loss] })
    let file = SafeTensors(
      tensors: tensors, metadata: metadata.merging(stateMetadata) { text, _ in text })
    guard let bytes = try? file.encoded() else {
      throw FileError(
        path: path, problem: "the name “\(dataset)” cannot be written", remedy: "give the data another name")
    }
    try AtomicFile.write(bytes, to: path)
  }

  /// Reads a model back, bit for bit as it was written.
  /// - Throws: `FileError` if the file is not a whole and sound checkpoint of one of `readableVersions`, or has
  ///   Fourier features and is older than version 4, when they meant something else.
  public init(contentsOf path: String) throws(FileError) {
    try self.init(decoding: try AtomicFile.read(path), path: path)
  }

  /// Reads a model from the bytes of the file at `path`.
  init(decoding bytes: [UInt8], path: String) throws(FileError) {
    let file = try SafeTensors(decoding: bytes, path: path)
    let reader = MetadataReader(path: path, texts: file.metadata)
    guard file.metadata["format"] == Self.checkpointFormat else {
      throw FileError(
        path: path, problem: "is no checkpoint of this lab", remedy: "give a model written by training")
    }
    let version = file.metadata["version"] ?? "?"
    guard Self.readableVersions.contains(version) else {
      throw FileError(
        path: path,
        problem:
          "has the version \(version); this program reads \(Self.readableVersions.joined(separator: ", "))",
        remedy: "train the model again, or read it with the program that wrote it")
    }
    var recipe = try reader.recipe(stepsLimit: Self.stepsLimit, version: version)
    if Self.unfadedVersions.contains(version) && recipe.fourierFeatures > 0 {
      throw FileError(
        path: path,
        problem:
          "has the version \(version) and \(recipe.fourierFeatures) octaves of Fourier features; since version "
          + "4 these fade with the noise, so that its weights would say something else than they were trained to",
        remedy: "train the model again, or read it with the program that wrote it")
    }
    let reflection = try reader.reflection(recipe.loss)
    recipe.box = reflection?.box
    let step = try reader.integer("step")
    guard (0...recipe.steps).contains(step) else {
      throw reader.fault("step \(step) is outside 0...\(recipe.steps)")
    }

    var tensors = TensorReader(file, path: path)
    let weights = try Self.take(recipe.architecture, prefix: "", from: &tensors)
    let state = try Self.takeState(recipe, from: &tensors, reader)
    let history = try tensors.history(upTo: step)
    try tensors.finish()
    self.init(
      weights: weights, recipe: recipe, standardization: try reader.standardization(),
      support: try reader.support(), reflection: reflection, dataset: try reader.text("dataset").printable,
      origin: try reader.origin(), trainingCount: try reader.trainingCount(),
      labelNames: try reader.labelNames(), step: step, history: history,
      state: state)
  }

  /// Adds the weights and biases of every layer, under PyTorch's names behind a prefix.
  static func put(
    _ weights: NetworkWeights, prefix: String, into tensors: inout [String: SafeTensors.Tensor]
  ) {
    for (layer, name) in zip(weights.layers, layerNames(weights.architecture)) {
      tensors[prefix + name + ".weight"] = SafeTensors.Tensor(
        shape: [layer.outputs, layer.inputs],
        floats: (0..<layer.outputs).flatMap { o in
          (0..<layer.inputs).map { layer.weight[$0 * layer.outputs + o] }
        })
      tensors[prefix + name + ".bias"] = SafeTensors.Tensor(shape: [layer.outputs], floats: layer.bias)
    }
  }

  /// Takes the weights and biases of every layer.
  static func take(
    _ architecture: NetworkArchitecture, prefix: String, from tensors: inout TensorReader
  ) throws(FileError) -> NetworkWeights {
    var weights = NetworkWeights(zeros: architecture)
    for (l, name) in layerNames(architecture).enumerated() {
      let inputs = weights.layers[l].inputs
      let outputs = weights.layers[l].outputs
      let weight = try tensors.floats(prefix + name + ".weight", shape: [outputs, inputs])
      for o in 0..<outputs {
        for i in 0..<inputs { weights.layers[l].weight[i * outputs + o] = weight[o * inputs + i] }
      }
      weights.layers[l].bias = try tensors.floats(prefix + name + ".bias", shape: [outputs])
    }
    return weights
  }

  /// `input`, `blocks.0`, `blocks.1`, …, `output`.
  private static func layerNames(_ architecture: NetworkArchitecture) -> [String] {
    ["input"] + (0..<architecture.blocks).map { "blocks.\($0)" } + ["output"]
  }
}
