import DiffusionProcess
import Evaluation
import Models
import PointClouds
import TinyNetwork

/// What a run of the lab found, as numbers.
package struct LabReport: JSONReport, Sendable, Hashable, Codable {
  /// The data set.
  package let dataset: String
  /// The seed of everything.
  package let seed: UInt64
  /// The samples that were drawn.
  package let sampleCount: Int
  /// Training steps done.
  package let trainingSteps: Int
  /// How the samples were drawn.
  package let sampler: String
  /// Steps of the reverse chain.
  package let samplingSteps: Int
  /// The samples' distances from the truth.
  package let scores: ScoreCard
  /// Whether the samples are copies of the training points; `nil` where no points were held out.
  package let copying: CopyingTest?
  /// The mean of (ε̂ − ε)² on points that training never saw, over all noise levels; `nil` where the network
  /// predicts no noise.
  package let heldOutNoiseError: Double?
  /// The same of the exact denoiser, below which no network can get; only where the data are a mixture.
  package let exactNoiseError: Double?

  /// Measures a model and its samples against the data that it should resemble.
  /// - Parameter copying: the test of the samples for copies (``CopyingCheck``), where there is one.
  /// - Throws: ``DataSourceError`` where the source cannot give enough points.
  package init(
    model: TrainedModel, drawnFrom drawn: any Model, samples: PointCloud, plan: SamplingPlan,
    source: DataSource, copying: CopyingTest? = nil
  ) throws(DataSourceError) {
    dataset = source.name
    seed = model.seed
    trainingSteps = model.step
    sampleCount = samples.count
    sampler = plan.name
    samplingSteps = plan.steps
    scores = try ScoreCard(samples, against: source, from: .heldOut, seed: model.seed)
    self.copying = copying
    let heldOut = model.standardization.apply(
      try source.sample(count: 2000, seed: model.seed, purpose: .heldOut))
    func error(_ denoiser: any Denoiser) -> Double {
      NoisePredictionError(
        of: denoiser, heldOut: heldOut, schedule: model.schedule,
        noise: NoiseSource(seed: model.seed, purpose: .heldOut)
      ).mse
    }
    heldOutNoiseError = drawn.diffusion.map { error($0.denoiser) }
    exactNoiseError = drawn.flow?.oracle.map { error($0) }
  }

  /// The report as lines of text.
  package var summary: String {
    let exact = exactNoiseError.map { "   exact denoiser \($0.fixed(4))" } ?? ""
    let noise = heldOutNoiseError.map {
      """

      noise error on held-out points after \(trainingSteps) steps of training:
        MSE \($0.fixed(4))\(exact)
      """
    }
    let copies = copying.map { "\n  " + $0.summary.replacing("\n", with: "\n  ") } ?? ""
    return """
      \(sampleCount) samples of \(dataset) by \(samplingSteps) steps of \(sampler), against true points:
        \(scores.table.split(separator: "\n").joined(separator: "\n  "))\(copies)\(noise ?? "")
      """
  }
}
