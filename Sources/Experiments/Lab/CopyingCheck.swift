import Evaluation
import Figures
import Models
import PointClouds
import TinyNetwork

/// Samples of a model, its training points, and the test whether the samples are copies of them; in standard units.
package struct CopyingCheck: Sendable {
  /// The number of held-out points that are drawn from a distribution.
  private static let heldOutCount = 2000

  /// The samples.
  package let samples: PointCloud
  /// The training points.
  package let training: PointCloud
  /// The test for copies.
  package let test: CopyingTest

  /// The check of samples, given in the units of the data; `nil` if the training points are unknown, or the file
  /// has no held-out rows.
  /// - Throws: ``DataSourceError`` if the source cannot give the points.
  /// - Complexity: O((samples + training points) log training points) on average.
  package init?(
    of samples: PointCloud, by model: TrainedModel, source: DataSource
  ) throws(DataSourceError) {
    guard let count = model.trainingCount, model.origin?.isSameData(as: source.origin) == true else {
      return nil
    }
    let source = source.split(as: model.origin)
    if source.heldOutCount == 0 { return nil }
    let units = model.standardization
    training = units.apply(try source.trainingPoints(limit: count, seed: model.seed))
    self.samples = units.apply(samples)
    let heldOut = try source.sample(
      count: source.heldOutCount ?? Self.heldOutCount, seed: model.seed, purpose: .heldOut)
    test = CopyingTest(samples: self.samples, heldOut: units.apply(heldOut), training: training)
  }

  /// The largest numbers of samples and training points that the figure shows.
  private static let (shownSamples, shownTraining) = (300, 5000)

  /// A figure of the first samples over the training points, each with its nearest one, in standard units.
  package func figure(title: String) -> CopiesFigure {
    let shown = PointCloud(samples.prefix(Self.shownSamples).points)
    return CopiesFigure(
      samples: shown, training: training.prefix(Self.shownTraining),
      nearest: CopyingTest.nearest(of: shown, in: training), nearer: test.nearer, interval: test.interval,
      title: title)
  }
}

extension CopiesFigure: DrawnFigure {
  package static let name = "copies"
  package static let abstract =
    "Draws samples over the training points, each joined with the nearest of them."
  package static let discussion = """
    Prints how often a sample is nearer to the training points than a point is that was held out: in half of the \
    cases unless the network has learned its points by heart.

    Example: difflab draw copies moons.safetensors -o copies.svg
    Example: difflab draw copies own.safetensors --data own.csv -o copies.svg
    """
  package static let showsChain = true
  private static let count = Parameter.integer(
    "count", in: 1...100_000, default: 2000, "How many samples to test; the first 300 are drawn.")
  package static let parameters = [count]

  package static func make(at desk: some FigureDesk) throws -> CopiesFigure {
    let trained = try desk.checkpoint()
    let model = try desk.model()
    let samples = try desk.plan(for: model, recorded: nil)
      .samples(count: desk.parameters.integer(count), seed: desk.seed)
    guard let check = try CopyingCheck(of: samples, by: trained, source: try desk.source()) else {
      throw UndrawableSubject(
        "\(model.name): the points that it was trained on are not known, or none were held out from them; "
          + "give a model of ten rows or more, with its own data")
    }
    desk.tell(check.test.summary)
    return check.figure(title: "\(model.name): samples and training points")
  }
}
