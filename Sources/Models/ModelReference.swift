import DiffusionProcess
import PointClouds
import TinyNetwork

/// What names a model: the path of a checkpoint, or `mixture:NAME` for the exact oracle of a mixture.
package struct ModelReference: Sendable, Hashable {
  /// The text, as on the command line.
  package let text: String

  /// The reference that a text is.
  package init(_ text: String) { self.text = text }

  private static let exactPrefix = "mixture:"

  /// The name or path of the mixture, if the model is its exact oracle.
  package var exactMixture: String? {
    text.hasPrefix(Self.exactPrefix) ? String(text.dropFirst(Self.exactPrefix.count)) : nil
  }

  /// A short name for figures: the file's, without folder and ending.
  package var title: String {
    if exactMixture != nil { return "exact" }
    let file = text.split(separator: "/").last.map(String.init) ?? text
    return file.hasSuffix(".safetensors") ? String(file.dropLast(".safetensors".count)) : file
  }

  /// The trained model of a checkpoint.
  /// - Throws: ``FileError`` with what is wrong with the file.
  package func trained() throws -> TrainedModel { try TrainedModel(contentsOf: text) }

  /// The model, of whatever kind.
  /// - Parameter threads: 0 for all processors; the samples do not depend on it.
  /// - Throws: ``FileError``, ``DataSourceError``, or ``NoExactModel`` if the set is no mixture.
  package func load(threads: Int = 0) throws -> any Model {
    if let exactMixture { return try exact(DataSource.load(exactMixture)) }
    let trained = try trained()
    // The truth of a toy stands only beside the toy, not beside a file of its name.
    let toy = Toys.toy(of: trained.origin).map { DataSource($0) }
    if let reflected = ReflectedModel(trained, folded: toy?.foldedMixture, threads: threads) {
      return reflected
    }
    return trained.asModel(
      mixture: try toy?.mixture.map { try truth($0, of: trained) }, threads: threads)
  }

  private func exact(_ source: DataSource) throws(NoExactModel) -> any Model {
    if let folded = source.foldedMixture, let box = source.box,
      let exact = ReflectedModel(exact: folded, in: box, name: source.name)
    {
      return exact
    }
    guard let mixture = source.mixture else {
      let known = Toys.all.filter { $0.mixture != nil || $0.foldedMixture != nil }.map(\.name)
      throw NoExactModel(
        description:
          "\(text): \(source.name) is no Gaussian mixture; the exact oracle is known for "
          + "\(known.joined(separator: ", ")) and mixture JSON files")
    }
    return ExactModel(mixture, name: source.name)
  }

  /// The mixture that a checkpoint records to be of, checked to have about the network's scale.
  private func truth(_ mixture: GaussianMixture, of model: TrainedModel) throws(FileError) -> GaussianMixture
  {
    let (own, exact) = (model.standardization.scale, Standardization(of: mixture).scale)
    guard own < 10 * exact, exact < 10 * own else {
      throw FileError(
        path: text,
        problem: "its scale is \(own), and that of \(model.dataset), which it says to be of, \(exact)",
        remedy: "train the model again")
    }
    return mixture
  }
}

/// A set whose exact oracle is not known.
package struct NoExactModel: Refusal, Hashable {
  package let description: String
}

extension TrainedModel {
  /// What can be drawn from the network, by what its loss taught it.
  /// - Parameters:
  ///   - mixture: the exact mixture of the data, in their own units, where it is known.
  ///   - threads: 0 for one per processor; the samples do not depend on it.
  package func asModel(mixture: GaussianMixture? = nil, threads: Int = 0) -> any Model {
    if let reflected = ReflectedModel(self, threads: threads) { return reflected }
    return recipe.loss.coupling == .optimalTransport
      ? CoupledFlow(self, mixture: mixture, threads: threads)
      : TrainedDiffusion(self, mixture: mixture, threads: threads)
  }
}
