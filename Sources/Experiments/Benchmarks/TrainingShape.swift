import TinyNetwork

/// A network and a batch whose training step is timed.
package struct TrainingShape: Sendable, Hashable, Codable {
  /// Units of every hidden layer, residual layers, and examples per step.
  package var width, blocks, batch: Int

  /// This shape.
  package init(width: Int, blocks: Int, batch: Int) {
    (self.width, self.blocks, self.batch) = (width, blocks, batch)
  }

  /// The shape that a text of the form `128x3x256` names, width × layers × batch; `nil` for another text.
  package init?(_ text: String) {
    let numbers = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 3, let width = numbers[0], let blocks = numbers[1], let batch = numbers[2] else {
      return nil
    }
    self.init(width: width, blocks: blocks, batch: batch)
  }

  /// The shapes on which networks of this kind are usually compared.
  package static let standard = [
    TrainingShape(width: 64, blocks: 3, batch: 128), TrainingShape(width: 128, blocks: 3, batch: 32),
    TrainingShape(width: 128, blocks: 3, batch: 256), TrainingShape(width: 256, blocks: 4, batch: 1024),
  ]

  /// The shape as tables show it.
  package var title: String { "\(blocks)×\(width), batch \(batch)" }

  /// The default recipe with this network and batch, without an end. The network reads 34 numbers, the level and
  /// the bare point, as those do that are usually compared.
  package var recipe: TrainingRecipe {
    var recipe = TrainingRecipe()
    (recipe.width, recipe.blocks, recipe.batch) = (width, blocks, batch)
    (recipe.noiseFeatures, recipe.fourierFeatures) = (32, 0)
    recipe.steps = TrainingRecipe.stepsLimit
    return recipe
  }

  /// What is wrong with the shape, or `nil` if nothing is.
  package var problem: String? { recipe.problem }

  /// Floating-point operations of a step as they are usually counted: two per weight and example forward, two back
  /// (in the first layer, too, though nothing is asked of its inputs), two for the gradient; none for activations,
  /// optimizer and batch.
  package var operations: Double {
    let inputs = recipe.architecture.inputs
    return 6 * Double(batch) * Double(inputs * width + blocks * width * width + 2 * width)
  }
}
