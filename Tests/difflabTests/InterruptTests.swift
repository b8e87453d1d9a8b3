import DiffusionLab
import Foundation
import Testing

@testable import difflab

@Suite("An interrupted command", .serialized)
struct InterruptTests {
  /// Training for longer than any test waits.
  private static let endless = [
    "train", "moons", "-o", "m.safetensors", "--steps", "2000000", "--hidden", "16x1", "--batch", "16",
  ]

  @Test(
    "Ctrl-C, a request to terminate and a hang-up end training with 130, keep what was learned and say how to resume",
    arguments: [SIGINT, SIGTERM, SIGHUP])
  func training(_ signal: Int32) throws {
    let folder = try TemporaryFolder()
    let run = try RunningCommand(Self.endless, in: folder.path)
    #expect(run.waitForLine(with: "steps/s"))
    run.send(signal)
    let (status, errors) = run.end()
    #expect(status == 130)
    let step = try #require(errors.firstMatch(of: /stopped at step (\d+) of 2000000/)?.1, "\(errors)")
    #expect(errors.contains("train … --resume m.safetensors goes on"))
    #expect(try TrainedModel(contentsOf: folder.file("m.safetensors")).step == Int(step))
    #expect(folder.names == ["m.safetensors"])
  }

  @Test("A second signal ends training at once")
  func second() throws {
    let folder = try TemporaryFolder()
    let run = try RunningCommand(Self.endless, in: folder.path)
    run.waitForLine(with: "steps/s")
    // Both arrive at a process that stands still, so that no step comes between them.
    run.send(SIGSTOP, SIGINT, SIGTERM, SIGCONT)
    let (status, errors) = run.end()
    #expect(status == 130)
    #expect(errors.contains("interrupted") && !errors.contains("stopped at step"), "\(errors)")
    #expect(folder.names.isEmpty)
  }

  @Test("Under nohup a hang-up stays ignored")
  func nohup() throws {
    let folder = try TemporaryFolder()
    let run = try RunningCommand(Self.endless, in: folder.path, shell: "trap '' HUP")
    run.waitForLine(with: "steps/s")
    run.send(SIGHUP)
    #expect(run.waitForLine(with: "steps/s"))
    run.send(SIGTERM)
    #expect(run.end().status == 130)
  }

  @Test(
    "Work that keeps nothing ends with 130: no later training, no figure of half a network, nothing half written",
    arguments: [
      ["draw", "parameterizations", "moons", "-o", "p.svg", "--steps", "2000000", "--hidden", "16x1"],
      ["figures", "--out", "f", "--steps", "2000000", "--hidden", "16x1"],
      ["quality", "moons", "ring8", "--steps", "200000", "--hidden", "16x1", "--batch", "16", "-o", "q.md"],
      [
        "combinations", "moons", "--steps", "20", "--hidden", "16x1", "--timesteps", "9", "--count", "100",
        "-o", "c.md",
      ],
      ["compare", "mixture:ring8", "--count", "2000", "--repetitions", "2", "-o", "c.svg"],
      ["reproduce"],
    ])
  func others(_ arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let run = try RunningCommand(arguments, in: folder.path)
    let first = try #require(run.nextLine())
    run.send(SIGINT)
    let (status, errors) = run.end()
    #expect(status == 130, "\(errors)")
    #expect(errors.hasPrefix(first) && errors.hasSuffix("interrupted\n"), "\(errors)")
    #expect(folder.names.isEmpty)
  }

  @Test("The lab ends after its training too, with the whole model and no half of another file")
  func lab() throws {
    let folder = try TemporaryFolder()
    let run = try RunningCommand(
      ["lab", "moons", "--out", "l", "--steps", "20", "--hidden", "16x1", "--count", "20000"], in: folder.path
    )
    while let line = run.nextLine(), !line.contains("20/20") {}
    run.send(SIGTERM)
    #expect(run.end().status == 130)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("l"))
    #expect(Set(names).isSubset(of: Set(LabCommand.files)) && names.count < LabCommand.files.count)
    if names.contains("model.safetensors") {
      #expect(try TrainedModel(contentsOf: folder.file("l/model.safetensors")).step == 20)
    }
  }
}
