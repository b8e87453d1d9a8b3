import DiffusionProcess
import PointClouds
import TinyNetwork

/// A reference to a model: the path of a checkpoint, or `mixture:NAME` for the exact oracle of a mixture.
public struct ModelReference: Sendable, Hashable {
  /// The text, as on the command line.
  package let text: String

  /// The reference with this text.
  public init(_ text: String) { self.text = text }

  private static let exactPrefix = "mixture:"

  /// The name or path of the mixture, if the model is its exact oracle.
  package var exactMixture: String? {
    text.hasPrefix(Self.exactPrefix) ? String(text.dropFirst(Self.exactPrefix.count)) : nil
  }

  /// A short name for figures: that of the file without folder and ending.
  package var title: String {
    if exactMixture != nil { return "exact" }
    let file = text.split(separator: "/").last.map(String.init) ?? text
    return file.hasSuffix(".safetensors") ? String(file.dropLast(".safetensors".count)) : file
  }

  /// The trained model of a checkpoint.
  /// - Throws: ``FileError`` with what is wrong with the file.
  package func trained() throws -> TrainedModel { try TrainedModel(contentsOf: text) }

  /// The model.
  /// - Parameter threads: 0 for all processors; the samples do not depend on it.
  /// - Throws: `FileError`, `DataSourceError`, or ``NoExactModel`` if the data set is not a mixture.
  public func load(threads: Int = 0) throws -> any Model {
    if let exactMixture { return try exact(DataSource.load(exactMixture)) }
    let trained = try trained()
    // The exact mixture belongs to the built-in data set only, not to a file of the same name.
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
          "\(text): \(source.name) is not a Gaussian mixture; the exact oracle is known for "
          + "\(known.joined(separator: ", ")) and mixture JSON files")
    }
    return ExactModel(mixture, name: source.name)
  }

  /// The mixture that a checkpoint names as its data, checked to have about the scale of the network.
  private func truth(_ mixture: GaussianMixture, of model: TrainedModel) throws(FileError) -> GaussianMixture
  {
    let (own, exact) = (model.standardization.scale, Standardization(of: mixture).scale)
    guard own < 10 * exact, exact < 10 * own else {
      throw FileError(
        path: text,
        problem: "its scale is \(own), but that of \(model.dataset), which it names as its data, is \(exact)",
        remedy: "train the model again")
    }
    return mixture
  }
}

/// The reason why a data set has no exact model.
public struct NoExactModel: Refusal, Hashable {
  public let description: String
}

extension TrainedModel {
  /// The model of the network, whose capabilities depend on its loss.
  /// - Parameters:
  ///   - mixture: the exact mixture of the data, in their own units, if it is known.
  ///   - threads: 0 for one per processor; the samples do not depend on it.
  public func asModel(mixture: GaussianMixture? = nil, threads: Int = 0) -> any Model {
    if let reflected = ReflectedModel(self, threads: threads) { return reflected }
    return recipe.loss.coupling == .optimalTransport
      ? CoupledFlow(self, mixture: mixture, threads: threads)
      : TrainedDiffusion(self, mixture: mixture, threads: threads)
  }
}
