import PointClouds

/// The optimizer's state in a checkpoint, where training is not finished: more sets of weights, under names of
/// their own, and a few texts. Sampling ignores them.
extension TrainedModel {
  private enum Key {
    static let weights = "state.weights."
    static func moment(_ moment: Optimizer.Moment) -> String { "state.\(moment.name)." }
    static let sums = "state.sums"
    static let objective = "state_objective"
    static let points = "state_points"
    static let fingerprint = "state_fingerprint"
  }

  /// Adds the tensors of the state, if there is one.
  func putState(into tensors: inout [String: SafeTensors.Tensor]) {
    guard let state else { return }
    Self.put(state.weights, prefix: Key.weights, into: &tensors)
    for (moment, values) in zip(recipe.optimizer.moments, state.moments) {
      Self.put(values, prefix: Key.moment(moment), into: &tensors)
    }
    tensors[Key.sums] = SafeTensors.Tensor(
      shape: [state.powers.count + 1], doubles: state.powers + [state.openLoss])
  }

  /// The texts of the state, if there is one.
  var stateMetadata: [String: String] {
    guard let state else { return [:] }
    return [
      Key.objective: state.objective, Key.points: "\(state.points.count)",
      Key.fingerprint: "\(state.points.hash)",
    ]
  }

  /// The state that a file holds; `nil` if it holds none.
  /// - Throws: ``FileError`` if a part of it is missing or wrong.
  static func takeState(
    _ recipe: TrainingRecipe, from tensors: inout TensorReader, _ reader: MetadataReader
  ) throws(FileError) -> TrainingState? {
    guard let objective = reader.texts[Key.objective] else { return nil }
    let count = try reader.integer(Key.points)
    guard count >= 2 else { throw reader.fault("its state is of training on \(count) points") }
    let hash = try reader.word(Key.fingerprint)
    let kept = recipe.optimizer.moments
    let sums = try tensors.doubles(Key.sums, shape: [kept.count + 1])
    let powers = Array(sums.dropLast())
    guard powers.allSatisfy((0...1).contains) else {
      throw reader.fault("the powers of its moments' decays are outside 0...1")
    }
    var moments: [NetworkWeights] = []
    for moment in kept {
      let values = try take(recipe.architecture, prefix: Key.moment(moment), from: &tensors)
      if moment.isSquare && values.layers.contains(where: { ($0.weight + $0.bias).contains { $0 < 0 } }) {
        throw reader.fault("a mean of squares is negative in “\(Key.moment(moment))”")
      }
      moments.append(values)
    }
    return TrainingState(
      weights: try take(recipe.architecture, prefix: Key.weights, from: &tensors), moments: moments,
      powers: powers, openLoss: sums[kept.count], objective: objective,
      points: PointsFingerprint(count: count, hash: hash))
  }
}
