import ArgumentParser
import DiffusionLab

/// What a user names as a model: a checkpoint, or `mixture:NAME` for the exact oracle of a mixture.
struct ModelReference: ExpressibleByArgument {
  /// As the user wrote it.
  let text: String

  init(argument: String) {
    text = argument
  }

  /// The name or path of the mixture, where the model is its exact oracle.
  var exactMixture: String? {
    text.hasPrefix("mixture:") ? String(text.dropFirst("mixture:".count)) : nil
  }

  /// The model, plain or reflected.
  /// - Parameter threads: 0 for all processors.
  /// - Throws: what is wrong with the file, or that the set is no mixture.
  func loadAny(threads: Int) throws -> LoadedModel {
    guard let exactMixture else {
      let trained = try trained()
      // The truth of a toy stands only beside the toy, not beside a file of its name.
      let toy = Toys.toy(of: trained.origin)
      let folded = toy?.foldedMixture.map { GaussianMixture($0) }
      let mixture = try toy?.mixture.map { try truth(GaussianMixture($0), of: trained) }
      if let reflected = ReflectedModel(trained, folded: folded, threads: threads) {
        return .reflected(reflected)
      }
      return .plain(
        ReverseModel(trained, mixture: mixture, threads: threads))
    }
    let source = try DataSource.load(exactMixture)
    if let folded = source.foldedMixture, let box = source.box,
      let exact = ReflectedModel(exact: GaussianMixture(folded), in: box, name: source.name)
    {
      return .reflected(exact)
    }
    guard let mixture = source.mixture else {
      let known = Toys.all.filter { $0.mixture != nil || $0.foldedMixture != nil }.map(\.name).joined(
        separator: ", ")
      throw ValidationError(
        "\(text): \(source.name) is no Gaussian mixture; the exact oracle is known for \(known) and mixture "
          + "JSON files.")
    }
    return .plain(
      ReverseModel(exact: GaussianMixture(mixture), name: source.name, schedule: .cosine(steps: 1000)))
  }

  /// The mixture that a model says to be of, checked to have about the model's scale.
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

  /// The model, which must be a plain one.
  /// - Parameter threads: 0 for all processors.
  /// - Throws: what is wrong with the file, or that the model is reflected.
  func load(threads: Int) throws -> ReverseModel {
    switch try loadAny(threads: threads) {
    case .plain(let model): return model
    case .reflected:
      throw ValidationError(
        "\(text) knows the score of noise that is mirrored at walls, from which no E[x₀ | x_t] of Gaussian "
          + "noise follows; sample, animate and draw reverse, trajectories, field, loss and reflected take it."
      )
    }
  }

  /// The trained model of a checkpoint.
  /// - Throws: what is wrong with the file.
  func trained() throws -> TrainedModel { try TrainedModel(contentsOf: text) }

  /// The data of a model, by the name and the origin that it records: those that the user named, or the model's own.
  /// - Throws: what is wrong with the file, or that the data are not known by what is recorded.
  func source(
    trainedOn name: String, _ origin: DataOrigin?, named data: String?, _ reading: ReadingOptions,
    _ console: Console
  ) throws -> DataSource {
    if let data = data ?? exactMixture {
      let source = try reading.source(data, console)
      if let origin, !source.origin.isSameData(as: origin) {
        console.warning(
          "\(text) was trained on \(origin.summary), not on \(source.origin.summary)")
      }
      return source.split(as: origin)
    }
    if let toy = Toys.toy(of: origin) { return DataSource(toy) }
    // Nothing in a checkpoint is a path to follow: only the folder of data sets is searched, and by content.
    if let origin, let path = Catalogue().file(named: name), let source = try? DataSource.load(path),
      source.origin.isSameData(as: origin)
    {
      return source.split(as: origin)
    }
    let known =
      origin.map { "was trained on \($0.summary)" } ?? "does not record which data it was trained on"
    throw ValidationError("\(text) \(known); name the data with --data.")
  }
}

/// What a file of weights turned out to be.
enum LoadedModel {
  /// A denoiser of Gaussian noise.
  case plain(ReverseModel)
  /// A score between walls.
  case reflected(ReflectedModel)
}

/// One model.
struct ModelArgument: ParsableArguments {
  @Argument(help: "A checkpoint (.safetensors), or mixture:NAME for the exact oracle of a Gaussian mixture.")
  var model: ModelReference
}

/// Models to compare.
struct ModelListOptions: ParsableArguments {
  @Argument(help: "Checkpoints (.safetensors), or mixture:NAME for the exact oracle of a Gaussian mixture.")
  var models: [ModelReference]

  @Option(help: "The data of the models; their own where they are a set of the catalogue.")
  var data: String?

  @OptionGroup var reading: ReadingOptions

  /// The files that the user may have named.
  var inputs: [String] { models.map(\.text) + (data.map { [$0] } ?? []) }

  func validate() throws {
    guard (1...5).contains(models.count) else {
      throw ValidationError("\(models.count) models: one to five can be told apart.")
    }
  }

  /// The models with the names that a figure gives them, and the data that they share.
  /// - Throws: what is wrong with a file, or that the models were trained on different data.
  func load(
    _ global: GlobalOptions
  ) throws -> (models: [(name: String, model: ReverseModel)], source: DataSource) {
    var loaded: [(name: String, model: ReverseModel)] = []
    for reference in models {
      let model = try reference.load(threads: global.threads)
      if let problem = model.couplingProblem { throw ValidationError("\(reference.text): \(problem).") }
      if let first = loaded.first?.model, !first.sharesData(with: model) {
        throw ValidationError(
          "\(reference.text) is of \(model.name) and the first model of \(first.name); give models of the same data."
        )
      }
      loaded.append((reference.title, model))
    }
    let first = loaded[0].model
    let source = try models[0].source(
      trainedOn: first.name, first.origin, named: data, reading, global.console)
    for (reference, entry) in zip(models, loaded) { try entry.model.checkUnits(of: source, for: reference) }
    return (loaded, source)
  }
}

extension ModelReference {
  /// A short name for figures: the file's, without folder and ending.
  var title: String {
    if exactMixture != nil { return "exact" }
    let file = text.split(separator: "/").last.map(String.init) ?? text
    return file.hasSuffix(".safetensors") ? String(file.dropLast(".safetensors".count)) : file
  }
}

extension ReverseModel {
  /// The farthest that data can be, and the reciprocal of the least that they can spread, in the standard units of a
  /// model that has anything to say about them.
  private static let farthest = 1e6
  /// How many points are looked at.
  private static let looks = 1000

  /// Refuses data that are nothing to the model: squares of what is that far away leave the range of a Double.
  /// - Throws: a usage error with both scales.
  func checkUnits(of source: DataSource, for reference: ModelReference) throws {
    try checkUnits(of: source.sample(count: Self.looks, seed: 0), named: source.name, for: reference)
  }

  /// Refuses points that are nothing to the model.
  /// - Throws: a usage error with both scales.
  func checkUnits(of points: PointCloud, named name: String, for reference: ModelReference) throws {
    let standard = standardization.apply(points)
    let far = standard.points.reduce(0) { max($0, $1.x.magnitude, $1.y.magnitude) }
    // Points that differ and fall together in the model's units are the worst case of a small spread.
    let spread = Standardization(of: standard)?.scale ?? (Standardization(of: points) == nil ? 1 : 0)
    guard far <= Self.farthest, spread >= 1 / Self.farthest else {
      let (mean, scales) = (standardization.mean, standardization.scales)
      throw ValidationError(
        "\(reference.text) was trained on data around (\(mean.x), \(mean.y)) with standard deviations \(scales.x) and "
          + "\(scales.y), and \(name) is nothing like them; name its own data.")
    }
  }

  /// Whether nothing that is recorded says that the models are of different data.
  fileprivate func sharesData(with other: ReverseModel) -> Bool {
    guard let origin, let others = other.origin else { return name == other.name }
    return origin.isSameData(as: others)
  }
}
