import ArgumentParser
import DiffusionLab

struct DrawSchedule: WritingCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule", abstract: "Draws noise schedules side by side.",
    discussion: "Example: difflab draw schedule -o schedules.svg --schedule cosine --schedule linear")

  @Option(help: "A schedule; may be given up to six times; the usual ones where it is left out.")
  var schedule: [String] = []

  @Option(help: "T, the steps of the chain.")
  var timesteps = 1000

  @OptionGroup var output: FigureOutput
  @OptionGroup var figure: FigureOptions
  @OptionGroup var global: GlobalOptions

  var outputs: [Output] { output.outputs }

  func validate() throws {
    guard schedule.count <= 6 else {
      throw ValidationError("--schedule is given \(schedule.count) times; six can be told apart.")
    }
    _ = try chosen()
  }

  func run() throws {
    let schedules = try chosen()
    for schedule in schedules {
      if let warning = schedule.priorWarning { global.console.warning(warning) }
    }
    try figure.write(ScheduleFigure(schedules), to: output.output)
  }

  private func chosen() throws -> [DiscreteSchedule] {
    let names = schedule.isEmpty ? DiscreteSchedule.registry.prefix(4).map(\.name) : schedule
    return try names.map { try namedSchedule($0, steps: timesteps) }
  }
}
