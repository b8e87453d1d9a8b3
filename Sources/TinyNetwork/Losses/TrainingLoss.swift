import DiffusionProcess
import PointClouds

/// What training minimizes: a name of the registry, what it can be combined with, and its objective.
///
/// A new one is one file, which builds a `WeightedObjective`, a `BoundObjective` or an objective of its own,
/// and one line of `all`; a weighting of squared errors is a `LossWeight` and a line of `LossWeights`.
public struct TrainingLoss: Named, Hashable {
  /// The name on the command line and in checkpoints.
  public let name: String
  /// One line on what it is.
  package let summary: String
  /// What it needs of the head.
  package let needs: Needs
  /// Which noise goes with which point.
  package let coupling: NoiseCoupling
  /// How points are made noisy.
  package let corruption: Corruption
  private let make: @Sendable (NetworkHead) -> any TrainingObjective

  /// What a loss needs.
  package struct Needs: Sendable, Hashable {
    /// Which variances a loss goes with.
    package enum Variance: Sendable, Hashable {
      /// It trains no variance, so that a learned one would stay at its random start.
      case fixed
      /// It is made to train one.
      case learned
      /// It goes with either.
      case any
      /// It trains moments, which no other does.
      case moments
    }

    /// Which variances it goes with.
    package let variance: Variance
    /// The only prediction that it goes with, if there is one.
    package let prediction: Prediction?
    /// The only schedule that it goes with, if there is one.
    package let schedule: String?

    /// The only variance that it goes with, if there is one.
    package var onlyVariance: ReverseVariance? { variance == .moments ? .moments : nil }

    /// These needs.
    package init(_ variance: Variance, prediction: Prediction? = nil, schedule: String? = nil) {
      self.variance = variance
      self.prediction = prediction
      self.schedule = schedule
    }
  }

  /// A loss.
  /// - Parameter make: the objective for a head that the loss goes with.
  package init(
    _ name: String, _ summary: String, needs: Needs, coupling: NoiseCoupling = .independent,
    corruption: Corruption = .gaussian,
    make: @escaping @Sendable (NetworkHead) -> any TrainingObjective
  ) {
    self.name = name
    self.summary = summary
    self.needs = needs
    self.coupling = coupling
    self.corruption = corruption
    self.make = make
  }

  /// A weighting of the field over the steps of the chain.
  package init(weight: some LossWeight) {
    self.init(weight.name, weight.summary, needs: Needs(.fixed)) {
      WeightedObjective(weight.name, $0, weight: weight)
    }
  }

  /// Why the loss does not go with a head, and what does; `nil` if it goes.
  package func problem(_ head: NetworkHead) -> String? {
    if !head.variance.isTrainable {
      return VarianceProblem(variance: head.variance, available: ReverseVariance.trainable).description
    }
    if let wanted = needs.prediction, head.prediction != wanted {
      return "the loss \(name) learns the \(wanted.rawValue), not \(head.prediction.rawValue)"
    }
    if let wanted = needs.schedule, head.schedule.name != wanted {
      return "the loss \(name) belongs to the schedule \(wanted), not to \(head.schedule.name)"
    }
    if corruption == .reflected, head.variance != .transition {
      return "the loss \(name) trains a score between walls, whose reverse steps have no variance to choose"
    }
    func names(_ losses: [TrainingLoss]) -> String { losses.map(\.name).joined(separator: " or ") }
    if needs.onlyVariance == nil && head.variance == .moments {
      return "the loss \(name) trains no skewness, which the variance moments has outputs for; take the loss "
        + names(Self.ofMoments)
    }
    switch (needs.variance, head.variance.isLearned) {
    case (.fixed, true):
      return "the loss \(name) does not train a variance, and \(head.variance.rawValue) would stay at its "
        + "random start; take the loss \(names(Self.ofVariances)), or a fixed variance"
    case (.learned, false):
      return "the loss \(name) is simple plus a bound that trains the variance alone, and "
        + "\(head.variance.rawValue) has nothing to train; take the loss simple, or a learned variance"
    case (.moments, _) where head.variance != .moments:
      return
        "the loss \(name) trains moments of x₀ | x_t, for which \(head.variance.rawValue) has no outputs; "
        + "take the variance moments"
    default: return nil
    }
  }

  /// The objective for a head.
  /// - Precondition: there is no ``problem(_:)``.
  package func objective(_ head: NetworkHead) -> any TrainingObjective {
    let problem = problem(head)
    precondition(problem == nil, problem ?? "")
    return make(head)
  }

  /// The losses that a name can ask for. A new one is one file and one line here, or in `LossWeights`.
  package static let all: Registry<TrainingLoss> = {
    let own: [TrainingLoss] = [.simple, .edm, .vlb, .hybrid, .gms, .cfm, .cfmOT, .reflected]
    let names = Set(own.map(\.name))
    return Registry(
      "loss", own + LossWeights.all.filter { !names.contains($0.name) }.map { TrainingLoss(weight: $0) })
  }()

  /// Those that train a learned variance.
  package static let ofVariances = all.filter { [.learned, .any].contains($0.needs.variance) }

  /// Those that train moments.
  package static let ofMoments = all.filter { $0.needs.variance == .moments }

  public static func == (a: TrainingLoss, b: TrainingLoss) -> Bool { a.name == b.name }
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
