import ArgumentParser
import DiffusionLab

extension ModelReference: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension ModelReference {
  /// The model.
  /// - Throws: what is wrong with the file, or that the set is no mixture.
  func load(_ global: GlobalOptions) throws -> any Model {
    try usage { try load(threads: global.threads) }
  }

  /// The trained model of a checkpoint.
  /// - Throws: what is wrong with the file, or a usage error for an exact oracle.
  func checkpoint() throws -> TrainedModel {
    guard exactMixture == nil else {
      throw ValidationError("\(text) is exact and was never trained; name a checkpoint.")
    }
    return try trained()
  }

  /// The data of a model: those that the user named, or the model's own by the origin that it records.
  /// - Throws: what is wrong with the file, or that the data are not known by what is recorded.
  func source(
    of model: any Model, named data: String?, _ reading: ReadingOptions, _ console: Console
  ) throws -> DataSource {
    let origin = model.origin
    if let data = data ?? exactMixture {
      let source = try reading.source(data, console)
      if let origin, !source.origin.isSameData(as: origin) {
        console.warning("\(text) was trained on \(origin.summary), not on \(source.origin.summary)")
      }
      return source.split(as: origin)
    }
    if let toy = Toys.toy(of: origin) { return DataSource(toy) }
    // Nothing in a checkpoint is a path to follow: only the folder of data sets is searched, and by content.
    if let origin, let path = Catalogue().file(named: model.name), let source = try? DataSource.load(path),
      source.origin.isSameData(as: origin)
    {
      return source.split(as: origin)
    }
    let known =
      origin.map { "was trained on \($0.summary)" } ?? "does not record which data it was trained on"
    throw ValidationError("\(text) \(known); name the data with --data.")
  }
}

/// One model.
struct ModelArgument: ParsableArguments {
  @Argument(help: "A checkpoint (.safetensors), or mixture:NAME for the exact oracle of a Gaussian mixture.")
  var model: ModelReference
}

/// One model and its data.
struct SubjectOptions: ParsableArguments {
  @OptionGroup var argument: ModelArgument

  @Option(help: "The data of the model. (default: its own, if they are a set of the catalogue)")
  var data: String?

  @OptionGroup var reading: ReadingOptions

  /// The model as the user named it.
  var reference: ModelReference { argument.model }

  /// The files that the user may have named.
  var inputs: [String] { [reference.text] + (data.map { [$0] } ?? []) }

  /// The data of the model; what was decided in reading them becomes a note.
  func source(of model: any Model, _ console: Console) throws -> DataSource {
    let source = try reference.source(of: model, named: data, reading, console)
    try model.checkUnits(of: source, for: reference)
    return source
  }

  /// The same for measures, which want points that training never saw.
  func measuredSource(of model: any Model, _ console: Console) throws -> DataSource {
    let source = try source(of: model, console)
    if source.heldOutCount == 0 {
      console.warning(
        "\(source.name) has \(source.available ?? 0) rows, too few to hold any out: what is measured by them may have been "
          + "trained on them")
    }
    return source
  }

  /// The figures of the model beside points of its data.
  /// - Throws: what is wrong with the file, or that the data are not known by name.
  func figures(_ global: GlobalOptions) throws -> LabFigures {
    let model = try reference.load(global)
    return try Self.figures(of: model, measuredSource(of: model, global.console), seed: global.seed)
  }

  /// The figures of a model beside points of a source.
  static func figures(of model: any Model, _ source: DataSource, seed: UInt64) throws -> LabFigures {
    LabFigures(model, data: try source.sample(count: 2000, seed: seed), seed: seed)
  }
}

/// Models to compare.
struct ModelListOptions: ParsableArguments {
  @Argument(help: "Checkpoints (.safetensors), or mixture:NAME for the exact oracle of a Gaussian mixture.")
  var models: [ModelReference]

  @Option(help: "The data of the models. (default: their own, if they are a set of the catalogue)")
  var data: String?

  @OptionGroup var reading: ReadingOptions

  /// The files that the user may have named.
  var inputs: [String] { models.map(\.text) + (data.map { [$0] } ?? []) }

  func validate() throws {
    guard (1...5).contains(models.count) else {
      throw ValidationError("\(models.count) models: give one to five, as many as a figure can distinguish.")
    }
  }

  /// The models with the names that a figure gives them, and the data that they share.
  /// - Throws: what is wrong with a file, or that the models were trained on different data.
  func load(
    _ global: GlobalOptions
  ) throws -> (models: [(name: String, model: Diffusion)], source: DataSource) {
    let loaded = try models.map { (reference: $0, model: try $0.load(global)) }
    let first = loaded[0].model
    let diffusions = try loaded.map { reference, model in
      guard first.sharesData(with: model) else {
        throw ValidationError(
          "\(reference.text) is of \(model.name) and the first model of \(first.name); give models of the same data."
        )
      }
      return (reference.title, try usage { try model.requireDiffusion() })
    }
    let source = try models[0].source(of: first, named: data, reading, global.console)
    for (reference, model) in loaded { try model.checkUnits(of: source, for: reference) }
    return (diffusions, source)
  }
}

extension Model {
  /// The farthest that data can be, and the reciprocal of the least that they can spread, in the standard units of a
  /// model that has anything to say about them.
  private var farthest: Double { 1e6 }
  /// How many points are looked at.
  private var looks: Int { 1000 }

  /// Refuses data that are nothing to a model of Gaussian noise: squares of what is that far away leave the range of
  /// a Double.
  /// - Throws: a usage error with both scales.
  func checkUnits(of source: DataSource, for reference: ModelReference) throws {
    guard flow != nil else { return }
    try checkUnits(of: source.sample(count: looks, seed: 0), named: source.name, for: reference)
  }

  /// Refuses points that are nothing to the model.
  /// - Throws: a usage error with both scales.
  func checkUnits(of points: PointCloud, named name: String, for reference: ModelReference) throws {
    guard flow != nil else { return }
    let standard = scene.units.apply(points)
    let far = standard.points.reduce(0) { max($0, $1.x.magnitude, $1.y.magnitude) }
    // Points that differ and fall together in the model's units are the worst case of a small spread.
    let spread = Standardization(of: standard)?.scale ?? (Standardization(of: points) == nil ? 1 : 0)
    guard far <= farthest, spread >= 1 / farthest else {
      let (mean, scales) = (scene.units.mean, scene.units.scales)
      throw ValidationError(
        "\(reference.text) was trained on data around (\(mean.x), \(mean.y)) with standard deviations \(scales.x) and "
          + "\(scales.y), and \(name) is nothing like them; name its own data.")
    }
  }

  /// Whether nothing that is recorded says that the models are of different data.
  func sharesData(with other: any Model) -> Bool {
    guard let origin, let others = other.origin else { return name == other.name }
    return origin.isSameData(as: others)
  }
}
