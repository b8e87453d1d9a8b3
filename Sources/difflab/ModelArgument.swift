import ArgumentParser
import DiffusionLab

/// What a user names as a model: a checkpoint, or `mixture:NAME` for the exact oracle of a mixture.
struct ModelArgument: ParsableArguments {
  @Argument(help: "A checkpoint (.safetensors), or mixture:NAME for the exact oracle of a Gaussian mixture.")
  var model: String

  /// The model.
  /// - Parameter threads: 0 for all processors.
  /// - Throws: what is wrong with the file, or that the set is no mixture.
  func load(threads: Int) throws -> ReverseModel {
    if model.hasPrefix("mixture:") {
      let source = try DataSource.load(String(model.dropFirst("mixture:".count)))
      guard let mixture = source.mixture else {
        throw ValidationError(
          "\(model): \(source.name) is no Gaussian mixture; the exact oracle is known for "
            + "\(Toys.all.filter { $0.mixture != nil }.map(\.name).joined(separator: ", ")) and mixture JSON files."
        )
      }
      return ReverseModel(exact: GaussianMixture(mixture), name: source.name, schedule: .cosine(steps: 1000))
    }
    let trained = try trained()
    return ReverseModel(trained, mixture: mixture(of: trained), threads: threads)
  }

  /// The trained model of a checkpoint.
  /// - Throws: what is wrong with the file.
  func trained() throws -> TrainedModel { try TrainedModel(contentsOf: model) }

  /// The exact mixture of the data that a model was trained on, where it is one of the lab's own.
  private func mixture(of model: TrainedModel) -> GaussianMixture? {
    Toys.named(model.dataset)?.mixture.map { GaussianMixture($0) }
  }
}
