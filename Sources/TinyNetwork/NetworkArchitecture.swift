/// The shape of the residual network: its inputs, width, depth and outputs.
///
/// Inputs → a layer of SiLU → `blocks` residual layers h + SiLU(W·h + b) → a linear head.
package struct NetworkArchitecture: Sendable, Hashable {
  /// Units of every hidden layer.
  package var width: Int
  /// Residual layers after the first one.
  package var blocks: Int
  /// Inputs that encode the noise level: half of them sines, half cosines.
  package var noiseFeatures: Int
  /// Octaves of sines and cosines of x and of y; 0 gives the network the bare point.
  package var fourierFeatures: Int
  /// Outputs per point: 2 for a plain prediction.
  package var outputs: Int

  /// The widest layer that is accepted.
  package static let widthLimit = 1024
  /// The most residual layers that are accepted.
  package static let blocksLimit = 16

  /// The architecture with these sizes.
  package init(
    width: Int = 128, blocks: Int = 3, noiseFeatures: Int = 32, fourierFeatures: Int = 0, outputs: Int = 2
  ) {
    self.width = width
    self.blocks = blocks
    self.noiseFeatures = noiseFeatures
    self.fourierFeatures = fourierFeatures
    self.outputs = outputs
  }

  /// Width and blocks as the command line writes them: `128x3`.
  package var hidden: String { "\(width)x\(blocks)" }

  /// Width and blocks from the form `128x3`, `nil` if the text has another form.
  package static func parse(hidden: String) -> (width: Int, blocks: Int)? {
    let parts = hidden.split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count == 2, let width = Int(parts[0]), let blocks = Int(parts[1]) else { return nil }
    return (width, blocks)
  }

  /// Inputs per point: the noise level, the point, and its Fourier features.
  package var inputs: Int { noiseFeatures + 2 + 4 * fourierFeatures }

  /// What is wrong with the sizes; `nil` if nothing is.
  package var problem: String? {
    if !(1...Self.widthLimit).contains(width) {
      return "a hidden width of \(width) is outside 1...\(Self.widthLimit)"
    }
    if !(1...Self.blocksLimit).contains(blocks) {
      return "\(blocks) residual blocks are outside 1...\(Self.blocksLimit)"
    }
    if !(2...256).contains(noiseFeatures) || noiseFeatures % 2 != 0 {
      return "\(noiseFeatures) noise features are no even number in 2...256"
    }
    if !(0...8).contains(fourierFeatures) { return "\(fourierFeatures) Fourier features are outside 0...8" }
    if !(1...16).contains(outputs) { return "\(outputs) outputs are outside 1...16" }
    return nil
  }
}
