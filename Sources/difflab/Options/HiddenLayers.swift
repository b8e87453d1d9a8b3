import ArgumentParser
import DiffusionLab

/// Width and number of the hidden layers, as "128x3".
struct HiddenLayers {
  let width, blocks: Int

  init(width: Int, blocks: Int) {
    self.width = width
    self.blocks = blocks
  }

  init(_ text: String) throws {
    guard let shape = NetworkArchitecture.parse(hidden: text) else {
      throw ValidationError("give WIDTHxBLOCKS, such as 128x3.")
    }
    self.init(width: shape.width, blocks: shape.blocks)
  }

  /// The text that stands for the layers.
  var text: String { "\(width)x\(blocks)" }
}
