import DiffusionLab
import Foundation
import Testing

/// Training that is killed at random moments, again and again. `DIFFLAB_KILLS=40` sets how often.
@Suite("Kills")
struct KillTests {
  private static let kills = ProcessInfo.processInfo.environment["DIFFLAB_KILLS"].flatMap { Int($0) } ?? 4
  private static let signals = [SIGKILL, SIGTERM, SIGHUP, SIGINT]
  private static let training = [
    "train", "moons", "-o", "m.safetensors", "--batch", "16", "--save-every", "0",
  ]
  /// Enough for several kills on the way.
  private static let steps = 60_000
  /// What only a training that begins may say.
  private static let recipe = ["--steps", "\(steps)", "--hidden", "16x1", "--points", "500", "--seed", "3"]

  @Test(
    "After each kill the checkpoint loads and goes on, and in the end has the bits of a run never stopped")
  func kills() throws {
    let whole = try TemporaryFolder()
    #expect(try CommandLineTool.run(Self.training + Self.recipe, in: whole.path).status == 0)
    let bytes = try whole.bytes("m.safetensors")

    let folder = try TemporaryFolder()
    let path = folder.file("m.safetensors")
    var saved = 0
    func begin() throws -> RunningCommand {
      let options = saved > 0 ? ["--resume", "m.safetensors"] : Self.recipe
      return try RunningCommand(Self.training + options, in: folder.path)
    }
    func finish(_ run: RunningCommand) throws {
      let (status, errors) = run.end()
      #expect(status == 0, "\(errors)")
      #expect(try folder.bytes("m.safetensors") == bytes)
      #expect(folder.names == ["m.safetensors"], "what killed writers left is gone")
      try FileManager.default.removeItem(atPath: path)
      saved = 0
    }

    var random = UniformNumbers()
    var told: [String] = []
    var killed = 0
    while killed < Self.kills {
      let signal = Self.signals[killed % 4]
      let run = try begin()
      // The checkpoint is read, or the first steps are done.
      run.waitForLine(with: saved > 0 ? "going on" : "steps/s")
      // A moment, not a wait for anything: whenever the kill comes, what follows must hold.
      Thread.sleep(forTimeInterval: 0.25 * random.next())
      run.send(signal)
      let (status, errors) = run.end()
      if status == 0 {  // it was faster
        try finish(run)
        continue
      }
      killed += 1
      #expect(status == (signal == SIGKILL ? -SIGKILL : 130), "\(errors)")
      guard FileManager.default.fileExists(atPath: path) else {
        #expect(saved == 0, "a checkpoint is never lost")
        continue
      }
      let step = try TrainedModel(contentsOf: path).step
      #expect(step >= saved, "kill \(killed)")
      if let stopped = errors.firstMatch(of: /stopped at step (\d+)/)?.1 {
        #expect(step == Int(stopped), "the last steps are kept")
      }
      told.append("\(signal):\(step)")
      saved = step
      if step == Self.steps {  // killed behind its last write
        #expect(try folder.bytes("m.safetensors") == bytes)
        try FileManager.default.removeItem(atPath: path)
        saved = 0
      }
    }
    try finish(begin())
    if Self.kills > 4 { print("\(killed) kills (signal:step): \(told.joined(separator: " "))") }
  }
}

/// Numbers from 0 to 1 that look random and are the same on every run.
private struct UniformNumbers {
  private var state: UInt64 = 7

  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) / Double(1 << 53)
  }
}
