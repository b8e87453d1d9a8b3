import Models
import Plotting
import PointClouds
import ReverseSampling
import TinyNetwork

/// A figure that can be asked for by name: what it is drawn of, what it takes, and how it is made.
///
/// A figure with its command is one file, with the figure and its conformance to this protocol, and one line in
/// `DrawnFigures.all`.
package protocol DrawnFigure: Figure {
  /// The name: `difflab draw NAME`.
  static var name: String { get }
  /// One sentence on what it draws.
  static var abstract: String { get }
  /// What else there is to know about it, and examples of the command, a line each.
  static var discussion: String { get }
  /// What it is drawn of.
  static var subject: FigureSubject { get }
  /// Whether it shows a reverse chain, which a user may choose.
  static var showsChain: Bool { get }
  /// The parameters that it takes.
  static var parameters: [Parameter] { get }
  /// The figure of what the desk has.
  /// - Throws: ``Refusal`` if the subject cannot be drawn so, and what is wrong with its files.
  static func make(at desk: some FigureDesk) throws -> Self
}

extension DrawnFigure {
  package static var subject: FigureSubject { .model }
  package static var showsChain: Bool { false }
  package static var parameters: [Parameter] { [] }
}

/// What a figure is drawn of.
package enum FigureSubject: Sendable, Hashable {
  /// A data set.
  case dataset
  /// A model, beside its data.
  case model
  /// A checkpoint alone.
  case checkpoint
}

/// What a figure that is asked for by name can have: the user's choices, and the subject, read when asked for.
package protocol FigureDesk {
  /// The values of the figure's parameters.
  var parameters: ParameterValues { get }
  /// The seed of all randomness.
  var seed: UInt64 { get }
  /// The data: the set, or those of the model.
  func source() throws -> DataSource
  /// The model.
  func model() throws -> any Model
  /// The trained model of the checkpoint.
  func checkpoint() throws -> TrainedModel
  /// The model beside points of its data.
  func lab() throws -> LabFigures
  /// The chain that the user chose.
  /// - Parameter recorded: how many particles are kept at every step, if any.
  func plan(for model: any Model, recorded: Int?) throws -> SamplingPlan
  /// Warns the user of something that the figure does not show.
  func warn(_ text: String)
  /// Gives the user a number that belongs to the figure.
  func tell(_ text: String)
}

extension FigureDesk {
  /// The way of `count` particles along the chain that the user chose, in the units of the model's scene.
  package func trajectory(of model: any Model, count: Int) throws -> Trajectory {
    try plan(for: model, recorded: count).trajectory(count: count, seed: seed)
  }
}

/// A subject that a figure cannot be drawn of: why, and what can.
package struct UndrawableSubject: Refusal, Hashable {
  package let description: String

  package init(_ description: String) { self.description = description }
}
