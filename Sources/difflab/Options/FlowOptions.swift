import ArgumentParser
import DiffusionLab

/// What a user can say about the flow by which a likelihood is taken.
struct FlowOptions: ParsableArguments {
  @Option(
    help: "The process whose flow is followed: \(ProcessRegistry.all.map(\.name).joined(separator: ", ")).")
  var process = RectifiedFlow().name

  @Option(help: "Steps of the Runge-Kutta method. (default: 64; 32 for a figure)")
  var steps: Int?

  @Option(
    help:
      "The deviation of the Gaussian that smooths the density, in standard units. (default: the least noise that the network was trained at; 0 for mixture:NAME)"
  )
  var smoothing: Double?

  func validate() throws {
    try check(steps, "--steps", in: 1...10_000)
    guard ProcessRegistry.named(process) != nil else {
      throw unknown(process, "--process", among: ProcessRegistry.all.map(\.name))
    }
    if let smoothing, !(smoothing >= 0 && smoothing < 1) {
      throw ValidationError("--smoothing \(smoothing): give a number from 0 up and below 1.")
    }
  }

  /// The flow that the options ask for.
  /// - Parameter steps: where the user says none.
  /// - Throws: a usage error where a network is asked for a density without any noise, or for a flow that it does
  ///   not know.
  func likelihood(of model: any Model, _ flow: Diffusion, steps usual: Int = 64) throws -> FlowLikelihood {
    guard let process = ProcessRegistry.named(process) else {
      throw unknown(process, "--process", among: ProcessRegistry.all.map(\.name))
    }
    // With the pairs of a coupling the flow that was learned is the only one that ends at the data.
    if model.diffusion == nil, self.process != RectifiedFlow().name {
      throw ValidationError(
        "--process \(self.process): \(model.knowledge); leave the option out, which follows that flow.")
    }
    if let smoothing, smoothing < 0.0001, !model.isExact {
      throw ValidationError(
        "--smoothing \(smoothing): a network was trained on noise of \(flow.defaultSmoothing.fixed(4)) and more; "
          + "give at least 0.0001.")
    }
    return flow.likelihood(along: process, smoothing: smoothing, steps: steps ?? usual)
  }
}
