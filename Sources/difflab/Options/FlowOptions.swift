import ArgumentParser
import DiffusionLab

/// The options of the flow that a likelihood follows.
struct FlowOptions: ParsableArguments {
  @Option(
    help: "The process whose flow is followed: \(Processes.all.list). (default: \(RectifiedFlow().name))",
    completion: .list(Processes.all.names), transform: Processes.all.find)
  var process: (any ContinuousProcess)?

  @Option(help: "Steps of the Runge-Kutta method. (default: 64; 32 for a figure)")
  var steps: Int?

  @Option(
    help:
      "The standard deviation of the Gaussian that smooths the density, in standard units. (default: the least noise of the network's training; 0 for mixture:NAME)"
  )
  var smoothing: Double?

  func validate() throws {
    try check(steps, "--steps", in: 1...10_000)
    if let smoothing, !(smoothing >= 0 && smoothing < 1) {
      throw ValidationError("--smoothing \(smoothing): give a number from 0 up and below 1.")
    }
  }

  /// The flow that the options ask for.
  /// - Parameter steps: the default.
  /// - Throws: a usage error where a network is asked for a density without any noise, or for a flow that it does
  ///   not know.
  func likelihood(of model: any Model, _ flow: Diffusion, steps usual: Int = 64) throws -> FlowLikelihood {
    let process = process ?? RectifiedFlow()
    // With the pairs of a coupling the flow that was learned is the only one that ends at the data.
    if model.diffusion == nil, process.name != RectifiedFlow().name {
      throw ValidationError(
        "--process \(process.name): \(model.knowledge); leave the option out, which follows that flow.")
    }
    if let smoothing, smoothing < 0.0001, !model.isExact {
      throw ValidationError(
        "--smoothing \(smoothing): a network was trained on noise of \(flow.defaultSmoothing.fixed(4)) and more; "
          + "give at least 0.0001.")
    }
    return flow.likelihood(along: process, smoothing: smoothing, steps: steps ?? usual)
  }
}
