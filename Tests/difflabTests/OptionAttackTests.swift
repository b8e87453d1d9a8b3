import Foundation
import Synchronization
import Testing

/// Every option of every command with hostile values, from the commands' own description.
///
/// A small choice runs always; `DIFFLAB_ATTACKS=20000 swift test --filter OptionAttack` runs that many (all
/// single changes are about 40,000).
@Suite("Option attacks")
struct OptionAttackTests {
  /// No run may take longer, whatever it is asked for.
  static let limit = 10.0

  /// Commands that measure for as long as they are asked to: a burst of two seconds for each piece of work,
  /// all published experiments. Alone they have five minutes.
  static let measuring: Set = ["bench", "reproduce"]

  /// Everything that the base calls read: data, a model of a toy set, one of a file, one between walls.
  static func models(in folder: TemporaryFolder) throws {
    let training = ["--steps", "5", "--hidden", "16x1", "--batch", "16", "-q"]
    let short = ["--timesteps", "8"]
    for arguments in [
      ["datasets", "sample", "moons", "-o", "d.csv", "--count", "60", "-q"],
      ["train", "moons", "-o", "k.safetensors", "--points", "200"] + training + short,
      ["train", "d.csv", "-o", "f.safetensors"] + training + short,
      ["train", "moons", "-o", "r.safetensors", "--loss", "reflected"] + training,
    ] {
      let outcome = try CommandLineTool.run(arguments, in: folder.path)
      try #require(outcome.status == 0, "\(arguments): \(outcome.errors)")
    }
  }

  @Test("Each command has a base call that works, so that an attack on it means something")
  func baseCalls() throws {
    let folder = try TemporaryFolder()
    let models = try TemporaryFolder()
    try Self.models(in: models)
    let sandbox = try AttackSandbox(folder.file("sandbox"), models: models.path)
    // The gallery takes seconds at its smallest; the exercise is unsolved.
    let slow: Set = ["figures", "reproduce", "exercises check"]
    let all = ProcessInfo.processInfo.environment["DIFFLAB_ATTACKS"] != nil
    for leaf in try ToolDescription.ask().leaves where all || !slow.contains(leaf.name) {
      for variant in 0..<(all ? 3 : 1) {
        let base = BaseCall(leaf, variant: variant)
        let outcome = try sandbox.run(base.commandLine, seconds: 6 * Self.limit)
        let wanted: Int32 = leaf.name == "exercises check" ? 1 : 0
        #expect(
          outcome.ending == .exit(wanted),
          "give the command a cheap call in BaseCall: \(base.commandLine) \(outcome.errors)")
        #expect(AttackVerdict.fault(of: outcome, arguments: base.commandLine, in: sandbox.folder) == nil)
        _ = try sandbox.clean(after: outcome)
      }
    }
  }

  @Test("No option, whatever its value, ends in a crash, a hang or a number that is none")
  func attacks() throws {
    let asked = ProcessInfo.processInfo.environment["DIFFLAB_ATTACKS"].flatMap { Int($0) }
    let count = asked ?? 150
    let folder = try TemporaryFolder()
    let models = try TemporaryFolder()
    try Self.models(in: models)
    let (root, inputs) = (folder.path, models.path)
    defer { withExtendedLifetime((folder, models)) {} }
    let attacks = OptionAttacks(try ToolDescription.ask(), seed: 11)
    let report = Mutex((faults: [String](), slow: [Int](), done: 0))
    let workers = max(1, min(8, ProcessInfo.processInfo.activeProcessorCount))

    @Sendable func run(_ index: Int, in sandbox: AttackSandbox, isLast: Bool) throws {
      let attack = attacks[index]
      let isLong = isLast && Self.measuring.contains(attack.command)
      let outcome = try sandbox.run(attack.arguments, seconds: isLong ? 300 : Self.limit)
      var fault = AttackVerdict.fault(of: outcome, arguments: attack.arguments, in: sandbox.folder)
      if try !sandbox.clean(after: outcome), fault == nil { fault = "harmed files that were there" }
      report.withLock { report in
        if case .timeLimit = outcome.ending, !isLast {
          // A busy machine is no hang: these run once more, alone.
          report.slow.append(index)
          if asked != nil { Self.say("slow: difflab \(Self.shell(attack.arguments))") }
        } else if let fault {
          let line = "\(fault): difflab \(Self.shell(attack.arguments))\n  \(outcome.errors.suffix(300))"
          report.faults.append(line)
          if asked != nil { Self.say(line) }
        }
        report.done += 1
        if asked != nil, report.done % 500 == 0 {
          Self.say("\(report.done) attacks, \(report.faults.count) faults, \(report.slow.count) slow")
        }
      }
    }
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      do {
        let sandbox = try AttackSandbox("\(root)/sandbox\(worker)", models: inputs)
        for index in stride(from: worker, to: count, by: workers) {
          try run(index, in: sandbox, isLast: false)
        }
      } catch {
        report.withLock { $0.faults.append("the test itself: \(error)") }
      }
    }
    let alone = try AttackSandbox(root + "/alone", models: inputs)
    for index in report.withLock({ $0.slow }).sorted() { try run(index, in: alone, isLast: true) }
    let faults = report.withLock { $0.faults }.sorted()
    #expect(faults.isEmpty, "\(faults.count) of \(count):\n\(faults.joined(separator: "\n"))")
  }

  private static func say(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

  /// A command line that a shell reads back; long runs of one letter are shortened.
  static func shell(_ arguments: [String]) -> String {
    arguments.map { word in
      let short = word.utf8.count > 200 ? "\(word.prefix(20))…(\(word.utf8.count) bytes)" : word
      let plain =
        !short.isEmpty && short.utf8.allSatisfy { ($0 >= 0x2b && $0 < 0x7b && $0 != 0x3b) || $0 == 0x25 }
      return plain
        ? short : "$'" + short.debugDescription.dropFirst().dropLast().replacing("'", with: "\\'") + "'"
    }.joined(separator: " ")
  }
}
