import ArgumentParser
import DiffusionLab

/// `difflab draw NAME` for a figure that declares what it is drawn of and what it takes.
struct DrawFigure<Drawn: DrawnFigure>: DrawingCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: Drawn.name, abstract: Drawn.abstract, discussion: Drawn.discussion)
  }

  @OptionGroup var set: Part<OfDataset, DatasetArgument>
  @OptionGroup var subject: Part<OfModel, SubjectOptions>
  @OptionGroup var trained: Part<OfCheckpoint, ModelArgument>
  @OptionGroup var sampling: Part<WithChain, SamplingOptions>
  @OptionGroup var parameters: DeclaredOptions<Parameters>
  @OptionGroup var reading: Part<OfDataset, ReadingOptions>
  @OptionGroup var drawing: DrawingOptions

  var inputs: [String] {
    (set.group.map { [$0.name] } ?? []) + (subject.group?.inputs ?? [])
      + (trained.group.map { [$0.model.text] } ?? [])
  }

  func run() throws {
    // A text that a figure tells comes after the file that it belongs to.
    let desk = Desk(command: self)
    let drawn = try usage { try Drawn.make(at: desk) }
    try write(drawn)
    desk.told.forEach(global.console.result)
  }

  enum Parameters: ParameterList {
    static var parameters: [Parameter] { Drawn.parameters }
  }
  enum OfDataset: Presence { static var isPresent: Bool { Drawn.subject == .dataset } }
  enum OfModel: Presence { static var isPresent: Bool { Drawn.subject == .model } }
  enum OfCheckpoint: Presence { static var isPresent: Bool { Drawn.subject == .checkpoint } }
  enum WithChain: Presence { static var isPresent: Bool { Drawn.showsChain } }
}

/// One data set.
struct DatasetArgument: ParsableArguments {
  @Argument(help: "A data set: a name, or the path of a CSV, NPY or mixture JSON file.")
  var name: String
}

extension DrawFigure {
  /// What the command line gives a figure to be drawn of.
  final class Desk: FigureDesk {
    private let command: DrawFigure
    /// What the figure tells, in order.
    private(set) var told: [String] = []

    init(command: DrawFigure) { self.command = command }

    var parameters: ParameterValues { command.parameters.values }
    var seed: UInt64 { command.global.seed }

    // A figure may ask several times; files are read, and notes on them printed, once.
    private lazy var loadedModel = Result { try subject().reference.load(command.global) }
    private lazy var loadedSource = Result {
      if let set = command.set.group, let reading = command.reading.group {
        return try reading.source(set.name, command.global.console)
      }
      return try subject().measuredSource(of: model(), command.global.console)
    }

    func model() throws -> any Model { try loadedModel.get() }
    func source() throws -> DataSource { try loadedSource.get() }

    func checkpoint() throws -> TrainedModel {
      try (command.trained.group?.model ?? subject().reference).checkpoint()
    }

    func lab() throws -> LabFigures { try SubjectOptions.figures(of: model(), source(), seed: seed) }

    func plan(for model: any Model, recorded: Int?) throws -> SamplingPlan {
      guard let sampling = command.sampling.group else {
        preconditionFailure("the figure \(Drawn.name) asks for a chain and does not say that it shows one")
      }
      return try sampling.plan(for: model, recorded: recorded)
    }

    func warn(_ text: String) { command.global.console.warning(text) }
    func tell(_ text: String) { told.append(text) }

    private func subject() throws -> SubjectOptions {
      guard let subject = command.subject.group else {
        preconditionFailure("the figure \(Drawn.name) asks for a model and is not drawn of one")
      }
      return subject
    }
  }
}
