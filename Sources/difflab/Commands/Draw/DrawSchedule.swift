import ArgumentParser
import DiffusionLab

struct DrawSchedule: DrawingCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule", abstract: "Draws noise schedules side by side.",
    discussion: "Example: difflab draw schedule -o schedules.svg --schedule cosine --schedule linear")

  @Option(
    help: "A schedule, up to six times: \(DiscreteSchedule.all.list). (default: the first four)",
    completion: .list(DiscreteSchedule.all.names), transform: DiscreteSchedule.all.find)
  var schedule: [ScheduleKind] = []

  @Option(help: "T, the steps of the chain.")
  var timesteps = 1000

  @OptionGroup var drawing: DrawingOptions

  func validate() throws {
    guard schedule.count <= 6 else {
      throw ValidationError("--schedule is given \(schedule.count) times; give at most six.")
    }
    try check(timesteps, "--timesteps", in: 1...100_000)
  }

  func run() throws {
    let kinds = schedule.isEmpty ? Array(DiscreteSchedule.all.prefix(4)) : schedule
    let schedules = kinds.map { $0.make(timesteps) }
    for schedule in schedules {
      if let warning = schedule.priorWarning { global.console.warning(warning) }
    }
    try write(ScheduleFigure(schedules))
  }
}
