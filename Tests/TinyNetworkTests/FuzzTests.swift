import DiffusionProcess
import PointClouds
import TestSupport
import Testing

@testable import TinyNetwork

/// A checkpoint must give a model or a ``FileError`` for any bytes, and a model must be able to work. A crash ends
/// the test run, so reaching the end is the claim; the counts check that both outcomes occur.
@Suite("Fuzz: checkpoints")
struct FuzzTests {
  @Test("a checkpoint with any damage gives a model that works, or an error")
  func checkpoints() throws {
    var bytes: [UInt8] = []
    try withTemporaryFolder { folder in
      let path = folder + "/model.safetensors"
      try savedModel().write(to: path)
      bytes = try AtomicFile.read(path)
    }
    let small = try SafeTensors(
      tensors: ["a": .init(shape: [2], floats: [1, 2]), "b": .init(shape: [1, 1], doubles: [3])],
      metadata: ["format": "other"]
    ).encoded()
    let words = [
      "\"", "\"F64\"", "\"F32\"", "\"F16\"", "[", "]", "{", "}", ",", ":", "null", "-1", "99999999999",
      "[0,8]", "\"shape\"",
      "\"version\":\"1\"", "nan", "\\u001b", "\"mean\"", "128x3", "0",
    ]
    let mutations = Mutations(of: [bytes, bytes, bytes, small], words: words, seed: 5)
    let points = PointCloud([SIMD2(0.5, -0.5), SIMD2(3, 4)])
    var (accepted, refused) = (0, 0)
    for round in 0..<Mutations.count {
      do throws(FileError) {
        let model = try TrainedModel(decoding: mutations.file(round), path: "p")
        accepted += 1
        guard model.reflection == nil else { continue }
        let level = model.schedule.level(step: model.schedule.steps)
        let clean = model.denoiser(threads: 1).denoise(points, at: level)
        #expect(clean.count == 2)
      } catch {
        refused += 1
      }
    }
    // Damage to a weight is found only where it makes the number infinite.
    #expect(accepted > Mutations.count / 200 && refused > Mutations.count / 200)
  }
}
