import DiffusionProcess
import Evaluation
import Models
import PointClouds
import TinyNetwork

/// The results of a run of the lab, as numbers.
package struct LabReport: JSONReport, Sendable, Hashable, Codable {
  /// The data set, and the sampler that drew the samples.
  package let dataset, sampler: String
  /// The seed of training and sampling.
  package let seed: UInt64
  /// The number of samples, of training steps, and of steps of the reverse chain.
  package let sampleCount, trainingSteps, samplingSteps: Int
  /// The samples' distances from the truth.
  package let scores: ScoreCard
  /// The test whether the samples are copies of the training points; `nil` if no points were held out.
  package let copying: CopyingTest?
  /// The mean of (ε̂ − ε)² on held-out points, over all noise levels, of the network and of the exact denoiser, the lower
  /// bound; `nil` if the network predicts no noise, and if the data are not a mixture.
  package let heldOutNoiseError, exactNoiseError: Double?

  /// Measures a model and its samples against the data.
  /// - Parameter copying: the test of the samples for copies (``CopyingCheck``), if there is one.
  /// - Throws: ``DataSourceError`` if the source cannot give enough points.
  package init(
    model: TrainedModel, drawnFrom drawn: any Model, samples: PointCloud, plan: SamplingPlan,
    source: DataSource, copying: CopyingTest? = nil
  ) throws(DataSourceError) {
    (dataset, seed, sampler) = (source.name, model.seed, plan.name)
    (sampleCount, trainingSteps, samplingSteps) = (samples.count, model.step, plan.steps)
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
