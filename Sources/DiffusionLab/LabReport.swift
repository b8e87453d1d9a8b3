import DiffusionProcess
import Evaluation
import PointClouds
import TinyNetwork

/// What a run of the lab found, as numbers.
public struct LabReport: JSONReport, Sendable, Hashable, Codable {
  /// The data set.
  public let dataset: String
  /// The seed of everything.
  public let seed: UInt64
  /// The samples that were drawn.
  public let sampleCount: Int
  /// The rows of a file that training may see; `nil` for a distribution.
  public let trainingPoints: Int?
  /// Training steps done.
  public let trainingSteps: Int
  /// How the samples were drawn.
  public let sampler: String
  /// Steps of the reverse chain.
  public let samplingSteps: Int
  /// The samples' distances from the truth.
  public let scores: ScoreCard
  /// The mean of (ε̂ − ε)² on points that training never saw, over all noise levels; `nil` where the network
  /// predicts no noise.
  public let heldOutNoiseError: Double?
  /// The same of the exact denoiser, below which no network can get; only where the data are a mixture.
  public let exactNoiseError: Double?

  /// Measures a model and its samples against the data that it should resemble.
  /// - Throws: ``DataSourceError`` where the source cannot give enough points.
  public init(
    model: TrainedModel, reverse: ReverseModel, samples: PointCloud, sampler: String, samplingSteps: Int,
    source: DataSource
  ) throws(DataSourceError) {
    dataset = source.name
    seed = model.seed
    trainingSteps = model.step
    sampleCount = samples.count
    self.sampler = sampler
    self.samplingSteps = samplingSteps
    scores = try ScoreCard(
      samples, against: source, from: .heldOut, testsCopying: true, seed: model.seed)
    trainingPoints = source.available.map { $0 - (source.heldOutCount ?? 0) }
    let heldOut = model.standardization.apply(
      try source.sample(count: 2000, seed: model.seed, purpose: .heldOut))
    func error(_ denoiser: any Denoiser) -> Double {
      NoisePredictionError(
        of: denoiser, heldOut: heldOut, schedule: model.schedule,
        noise: NoiseSource(seed: model.seed, purpose: .heldOut)
      ).mse
    }
    heldOutNoiseError = reverse.couplingProblem == nil ? error(reverse.denoiser) : nil
    exactNoiseError = reverse.oracle.map { error($0) }
  }

  /// The report as lines of text.
  public var summary: String {
    let exact = exactNoiseError.map { "   exact denoiser \($0.fixed(4))" } ?? ""
    let noise = heldOutNoiseError.map {
      """

      noise error on held-out points after \(trainingSteps) steps of training:
        MSE \($0.fixed(4))\(exact)
      """
    }
    return """
      \(sampleCount) samples of \(dataset) by \(samplingSteps) steps of \(sampler), against true points:
        \(scores.table.split(separator: "\n").joined(separator: "\n  "))\(noise ?? "")
      """
  }
}
