import DiffusionProcess
import PointClouds

/// Models as `.safetensors` files: the weights in PyTorch's names and shapes (a `Linear` layer's weight is
/// outputs × inputs), the loss history, and everything else as texts in the metadata.
extension TrainedModel {
  /// What the metadata's `format` says.
  public static let checkpointFormat = "diffusionlab"
  /// The version of the layout that this program writes.
  public static let checkpointVersion = "2"
  /// The versions that it reads.
  public static let readableVersions = ["1", "2"]
  /// The longest chain that a checkpoint may ask for.
  private static let stepsLimit = 1_000_000

  /// Writes the model, whole or not at all. The same model gives the same bytes.
  /// - Throws: ``FileError`` where the file cannot be written, or the schedule is none that a name restores.
  public func write(to path: String) throws(FileError) {
    guard DiscreteSchedule.named(schedule.name, steps: schedule.steps) == schedule else {
      throw FileError(
        path: path, problem: "the schedule “\(schedule.name)” is not the one that its name stands for",
        remedy: "train with a schedule of the registry")
    }
    var tensors: [String: SafeTensors.Tensor] = [:]
    for (layer, name) in zip(weights.layers, Self.layerNames(architecture)) {
      tensors[name + ".weight"] = SafeTensors.Tensor(
        shape: [layer.outputs, layer.inputs],
        floats: (0..<layer.outputs).flatMap { o in
          (0..<layer.inputs).map { layer.weight[$0 * layer.outputs + o] }
        })
      tensors[name + ".bias"] = SafeTensors.Tensor(shape: [layer.outputs], floats: layer.bias)
    }
    tensors["loss_history"] = SafeTensors.Tensor(
      shape: [history.count, 2], doubles: history.flatMap { [Double($0.step), $0.loss] })
    let file = SafeTensors(tensors: tensors, metadata: metadata)
    guard let bytes = try? file.encoded() else {
      throw FileError(
        path: path, problem: "the name “\(dataset)” cannot be written", remedy: "give the data another name")
    }
    try AtomicFile.write(bytes, to: path)
  }

  /// Reads a model back, bit for bit as it was written.
  /// - Throws: ``FileError`` where the file is no whole and sound checkpoint of a version known here.
  public init(contentsOf path: String) throws(FileError) {
    let file = try SafeTensors(decoding: try AtomicFile.read(path), path: path)
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
          "has the version \(version); this program reads \(Self.readableVersions.joined(separator: " and "))",
        remedy: "train the model again, or read it with the program that wrote it")
    }
    var recipe = try reader.recipe(stepsLimit: Self.stepsLimit, version: version)
    let reflection = try reader.reflection(recipe.loss)
    recipe.box = reflection?.box
    let step = try reader.integer("step")
    guard (0...recipe.steps).contains(step) else {
      throw reader.fault("step \(step) is outside 0...\(recipe.steps)")
    }

    var expected: Set = ["loss_history"]
    var weights = NetworkWeights(zeros: recipe.architecture)
    for (l, name) in Self.layerNames(recipe.architecture).enumerated() {
      let inputs = weights.layers[l].inputs
      let outputs = weights.layers[l].outputs
      let weight = try Self.floats(file, name + ".weight", [outputs, inputs], path)
      for o in 0..<outputs {
        for i in 0..<inputs { weights.layers[l].weight[i * outputs + o] = weight[o * inputs + i] }
      }
      weights.layers[l].bias = try Self.floats(file, name + ".bias", [outputs], path)
      expected.formUnion([name + ".weight", name + ".bias"])
    }
    if let stranger = file.tensors.keys.filter({ !expected.contains($0) }).min() {
      throw reader.fault("the tensor “\(stranger)” belongs to no network of this shape")
    }
    self.init(
      weights: weights, recipe: recipe, standardization: try reader.standardization(),
      support: try reader.support(), reflection: reflection, dataset: try reader.text("dataset"), step: step,
      history: try Self.history(file, reader))
  }

  /// `input`, `blocks.0`, `blocks.1`, …, `output`.
  private static func layerNames(_ architecture: NetworkArchitecture) -> [String] {
    ["input"] + (0..<architecture.blocks).map { "blocks.\($0)" } + ["output"]
  }

  private static func floats(
    _ file: SafeTensors, _ name: String, _ shape: [Int], _ path: String
  ) throws(FileError) -> [Float] {
    func fault(_ problem: String) -> FileError {
      FileError(path: path, problem: "the tensor “\(name)” \(problem)", remedy: "train the model again")
    }
    guard let tensor = file.tensors[name] else { throw fault("is missing") }
    guard tensor.shape == shape else { throw fault("has the shape \(tensor.shape), not \(shape)") }
    guard case .floats(let numbers) = tensor.values else { throw fault("has the type F64, not F32") }
    guard numbers.allSatisfy(\.isFinite) else { throw fault("holds a number that is not finite") }
    return numbers
  }

  private static func history(
    _ file: SafeTensors, _ reader: MetadataReader
  ) throws(FileError) -> [LossPoint] {
    guard let tensor = file.tensors["loss_history"], tensor.shape.count == 2, tensor.shape[1] == 2,
      case .doubles(let numbers) = tensor.values
    else { throw reader.fault("the tensor “loss_history” is no F64 table of two columns") }
    var points: [LossPoint] = []
    for i in 0..<tensor.shape[0] {
      guard let step = Int(exactly: numbers[2 * i]), numbers[2 * i + 1].isFinite else {
        throw reader.fault("row \(i) of “loss_history” is no step and finite loss")
      }
      points.append(LossPoint(step: step, loss: numbers[2 * i + 1]))
    }
    return points
  }
}
