import PointClouds

/// The tensors of a checkpoint, taken one by one, with an error for whatever is not as it should be.
struct TensorReader {
  private let path: String
  private let file: SafeTensors
  private var taken: Set<String> = []

  init(_ file: SafeTensors, path: String) {
    self.file = file
    self.path = path
  }

  private func fault(_ name: String, _ problem: String) -> FileError {
    FileError(path: path, problem: "the tensor “\(name)” \(problem)", remedy: "train the model again")
  }

  private mutating func tensor(_ name: String, shape: [Int]) throws(FileError) -> SafeTensors.Tensor {
    guard let tensor = file.tensors[name] else { throw fault(name, "is missing") }
    guard tensor.shape == shape else { throw fault(name, "has the shape \(tensor.shape), not \(shape)") }
    taken.insert(name)
    return tensor
  }

  /// The finite 32-bit numbers of a tensor.
  mutating func floats(_ name: String, shape: [Int]) throws(FileError) -> [Float] {
    guard case .floats(let numbers) = try tensor(name, shape: shape).values else {
      throw fault(name, "has the type F64, not F32")
    }
    guard numbers.allSatisfy(\.isFinite) else { throw fault(name, "holds a number that is not finite") }
    return numbers
  }

  /// The finite 64-bit numbers of a tensor.
  mutating func doubles(_ name: String, shape: [Int]) throws(FileError) -> [Double] {
    guard case .doubles(let numbers) = try tensor(name, shape: shape).values else {
      throw fault(name, "has the type F32, not F64")
    }
    guard numbers.allSatisfy(\.isFinite) else { throw fault(name, "holds a number that is not finite") }
    return numbers
  }

  /// The losses along the way, at ascending steps in 0...`last`.
  mutating func history(upTo last: Int) throws(FileError) -> [LossPoint] {
    let name = "loss_history"
    guard let table = file.tensors[name], table.shape.count == 2, table.shape[1] == 2,
      case .doubles(let numbers) = table.values
    else { throw fault(name, "is no F64 table of two columns") }
    taken.insert(name)
    var points: [LossPoint] = []
    for i in 0..<table.shape[0] {
      guard let step = Int(exactly: numbers[2 * i]), numbers[2 * i + 1].isFinite else {
        throw fault(name, "has the row \(i), which is no step and finite loss")
      }
      guard (0...last).contains(step), step > points.last?.step ?? -1 else {
        throw fault(name, "has in row \(i) the step \(step), which is out of order or outside 0...\(last)")
      }
      points.append(LossPoint(step: step, loss: numbers[2 * i + 1]))
    }
    return points
  }

  /// Checks that nothing was left over.
  func finish() throws(FileError) {
    if let stranger = file.tensors.keys.filter({ !taken.contains($0) }).min() {
      throw fault(stranger, "belongs to no network of this shape")
    }
  }
}
