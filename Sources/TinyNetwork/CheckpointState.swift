import PointClouds

/// The optimizer's state in a checkpoint, where training is not finished: three more sets of weights, under
/// names of their own, and a few texts. Sampling passes them over.
extension TrainedModel {
  private enum Key {
    static let weights = "state.weights."
    static let firstMoment = "state.first_moment."
    static let secondMoment = "state.second_moment."
    static let sums = "state.sums"
    static let objective = "state_objective"
    static let points = "state_points"
    static let fingerprint = "state_fingerprint"
  }

  /// Adds the tensors of the state, if there is one.
  func putState(into tensors: inout [String: SafeTensors.Tensor]) {
    guard let state else { return }
    Self.put(state.weights, prefix: Key.weights, into: &tensors)
    Self.put(state.firstMoment, prefix: Key.firstMoment, into: &tensors)
    Self.put(state.secondMoment, prefix: Key.secondMoment, into: &tensors)
    tensors[Key.sums] = SafeTensors.Tensor(
      shape: [3], doubles: [state.firstMomentPower, state.secondMomentPower, state.openLoss])
  }

  /// The texts of the state, if there is one.
  var stateMetadata: [String: String] {
    guard let state else { return [:] }
    return [
      Key.objective: state.objective, Key.points: "\(state.points.count)",
      Key.fingerprint: "\(state.points.hash)",
    ]
  }

  /// The state that a file holds, or `nil` where it holds none.
  /// - Throws: ``FileError`` where there is one that is not whole.
  static func takeState(
    _ architecture: NetworkArchitecture, from tensors: inout TensorReader, _ reader: MetadataReader
  ) throws(FileError) -> TrainingState? {
    guard let objective = reader.texts[Key.objective] else { return nil }
    let count = try reader.integer(Key.points)
    guard count >= 2 else { throw reader.fault("its state is of training on \(count) points") }
    let hash = try reader.word(Key.fingerprint)
    let sums = try tensors.doubles(Key.sums, shape: [3])
    guard (0...1).contains(sums[0]), (0...1).contains(sums[1]) else {
      throw reader.fault("the powers of its moments' decays are outside 0...1")
    }
    let secondMoment = try take(architecture, prefix: Key.secondMoment, from: &tensors)
    guard secondMoment.layers.allSatisfy({ ($0.weight + $0.bias).allSatisfy { $0 >= 0 } }) else {
      throw reader.fault("a mean of squares is negative in “\(Key.secondMoment)”")
    }
    return TrainingState(
      weights: try take(architecture, prefix: Key.weights, from: &tensors),
      firstMoment: try take(architecture, prefix: Key.firstMoment, from: &tensors),
      secondMoment: secondMoment, firstMomentPower: sums[0], secondMomentPower: sums[1], openLoss: sums[2],
      objective: objective, points: PointsFingerprint(count: count, hash: hash))
  }
}
