import PointClouds
import TestSupport
import Testing

@testable import TinyNetwork

@Suite("Checkpoint files")
struct RefusedCheckpointTests {
  /// The error of reading these bytes.
  private func failure(_ bytes: [UInt8]) throws -> FileError? {
    var found: FileError?
    try withTemporaryFolder { folder in
      let path = folder + "/model.safetensors"
      try AtomicFile.write(bytes, to: path)
      do throws(FileError) { _ = try TrainedModel(contentsOf: path) } catch { found = error }
    }
    return found
  }

  /// The error of reading the model's file after a change to its contents.
  private func failure(changing change: (inout SafeTensors) -> Void) throws -> FileError? {
    var failure: FileError?
    try withTemporaryFolder { folder in
      let path = folder + "/model.safetensors"
      try savedModel().write(to: path)
      var file = try SafeTensors(decoding: AtomicFile.read(path), path: path)
      change(&file)
      failure = try self.failure(file.encoded())
    }
    return failure
  }

  @Test(
    "with Fourier features that did not fade, of versions 1 to 3, are refused", arguments: ["1", "2", "3"])
  func unfadedFeatures(version: String) throws {
    let error = try #require(try failure { $0.metadata["version"] = version })
    #expect(error.path.hasSuffix("/model.safetensors"))
    #expect(error.problem.contains("version \(version)") && error.problem.contains("Fourier"))
    #expect(error.remedy.contains("train the model again"))
  }

  @Test("that are cut short anywhere are refused")
  func cutShort() throws {
    var bytes: [UInt8] = []
    try withTemporaryFolder { folder in
      try savedModel().write(to: folder + "/model.safetensors")
      bytes = try AtomicFile.read(folder + "/model.safetensors")
    }
    for count in [0, 1, 7, 8, 9, 100, 1000, bytes.count / 2, bytes.count - 1] {
      #expect(try failure(Array(bytes.prefix(count))) != nil)
    }
    #expect(try failure(bytes + [0]) != nil)
  }

  @Test("that are something else are refused")
  func otherFiles() throws {
    let noise = NoiseSource(seed: 1, purpose: .data)
    let binary = (0..<4000).map { UInt8(truncatingIfNeeded: noise.bits(particle: $0).x) }
    #expect(try failure(binary) != nil)
    #expect(try failure(Array("x,y\n1,2\n3,4\n".utf8)) != nil)
    #expect(try failure([UInt8](repeating: 0, count: 64)) != nil)
    #expect(try failure([UInt8](repeating: 255, count: 64)) != nil)
  }

  @Test(
    "that are no .safetensors files at all are named by what they are",
    arguments: [
      ("version https://git-lfs.github.com/spec/v1\noid sha256:00\n", "a Git LFS pointer"),
      ("<!DOCTYPE html>\n<html>", "an HTML page"),
      ("PK\u{3}\u{4}..............archive/data.pkl", "a PyTorch file"),
      ("x,y\n1,2\n3,4\n", "text that begins with \"x,y\""), ("", "an empty file"),
      ("{\"a\": [1, 2, 3]}", "JSON"),
      ("%PDF-1.7 ......", "a PDF document"), ("short", "text that begins with \"short\""),
      ("\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{8}\u{9}", "binary data of no known kind"),
    ])
  func foreign(text: String, kind: String) throws {
    let error = try #require(try failure(Array(text.utf8)))
    #expect(
      error.problem.hasPrefix("is \(kind)") && error.problem.hasSuffix("no .safetensors file"), "\(error)")
  }

  @Test("that are pickles, images or archives are named, too")
  func foreignBinaries() throws {
    let cases: [([UInt8], String)] = [
      ([0x80, 4, 0x95, 0, 0, 0, 0, 0, 0, 0], "pickle"), ([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3], "gzip"),
      ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0], "PNG"),
      (NPYFile.bytes(shape: [1, 2], values: [1, 2]), "NPY"),
    ]
    for (bytes, kind) in cases {
      let error = try #require(try failure(bytes))
      #expect(error.problem.contains(kind) && !error.problem.contains("header"), "\(error)")
    }
  }

  @Test("with any byte changed are read or refused, but never trip")
  func changedBytes() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/model.safetensors"
      try savedModel().write(to: path)
      let bytes = try AtomicFile.read(path)
      let noise = NoiseSource(seed: 8, purpose: .data)
      var refused = 0
      for i in 0..<400 {
        var changed = bytes
        // Mostly in the header, which is where structure can break.
        let place = noise.index(below: i % 4 == 0 ? bytes.count : 1500, particle: i)
        changed[place] = UInt8(truncatingIfNeeded: noise.bits(particle: i, lane: 1).x)
        try AtomicFile.write(changed, to: path)
        do throws(FileError) { _ = try TrainedModel(contentsOf: path) } catch { refused += 1 }
      }
      #expect(refused > 100)
    }
  }

  @Test("whose header is nested deeply are refused")
  func deeplyNested() throws {
    let json = Array((String(repeating: "{\"a\":", count: 100_000) + "1").utf8)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: json.count >> (8 * $0)) }
    #expect(try failure(length + json)?.problem.contains("JSON") == true)
  }

  @Test("whose header is wrong are refused, and the message says what")
  func headers() throws {
    func file(_ header: String, body: Int = 0) -> [UInt8] {
      let json = Array(header.utf8)
      let length = (0..<8).map { UInt8(truncatingIfNeeded: json.count >> (8 * $0)) }
      return length + json + [UInt8](repeating: 0, count: body)
    }
    let cases: [(String, Int, String)] = [
      ("not json", 0, "no .safetensors file"),
      ("[1, 2]", 0, "no .safetensors file"),
      ("{not json", 0, "JSON"),
      ("{\"a\": 3}", 0, "JSON"),
      ("{\"a\": {\"x\": \"y\"}}", 0, "no tensor"),
      ("{\"a\":{\"dtype\":\"I8\",\"shape\":[4],\"data_offsets\":[0,4]}}", 4, "type I8"),
      ("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", 4, "does not fill"),
      ("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", 4, "does not fill"),
      ("{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,0]}}", 0, "fill"),
      ("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}", 4, "does not start"),
      ("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8, "does not start"),
      ("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}", 8, "does not start"),
      ("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,9223372036854775807]}}", 4, "cut short"),
      (
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
          + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}", 12, "does not start"
      ),
      ("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 8, "belong to none"),
      ("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "no checkpoint"),
      ("{\"__metadata__\":{\"format\":\"pt\"}}", 0, "no checkpoint"),
    ]
    for (header, body, message) in cases {
      let error = try failure(file(header, body: body))
      #expect(error?.problem.contains(message) == true, "\(header): \(error?.problem ?? "no error")")
    }
  }

  @Test("whose contents are wrong are refused, and the message says what")
  func contents() throws {
    let metadata: [(key: String, value: String?, message: String)] = [
      ("version", "6", "version 6"), ("version", nil, "version"), ("hidden", "20", "128x3"),
      ("hidden", "0x1", "width"), ("hidden", "21x1", "shape"), ("hidden", "20x2", "missing"),
      ("hidden", "999999999x1", "width"), ("fourier_features", "2", "shape"),
      ("fourier_features", "-1", "Fourier"),
      ("schedule", "zigzag", "zigzag"), ("schedule_steps", "0", "0 steps"),
      ("schedule_steps", "99999999999", "steps"), ("prediction", "w", "“w”"), ("variance", "w", "“w”"),
      ("loss", "w", "“w”"), ("optimizer", "w", "“w”"),
      ("loss", nil, "loss"),
      ("variance", "full", "vlb or hybrid"), ("loss", "hybrid", "hybrid"), ("scale", "0", "scale"),
      ("scale", "nan", "scale"), ("mean", "1", "mean"), ("mean", "1 inf", "mean"),
      ("support_lower", "9 9", "box"), ("support_lower", "-1e308 0", "beyond 1e100"),
      ("scale", "1e308", "1e-100...1e100"), ("scale", "1 1e-308", "1e-100...1e100"),
      ("scale", "1 2 3", "scale"),
      ("mean", "1e308 0", "beyond 1e100"), ("mean", "0 -1e101", "beyond 1e100"),
      ("data_kind", "web", "web"), ("data_hash", "x", "data_hash"), ("data_hash", nil, "data_hash"),
      ("data_rows", "1", "1 rows"), ("held_out_seed", "-1", "held_out_seed"),
      ("held_out_one_of", "5", "one of 5"),
      ("data_path", nil, "data_path"), ("training_points", "1", "1 points"),
      ("training_points", "x", "training_points"), ("label_names", "[1]", "label_names"),
      ("seed", "-1", "seed"), ("step", "31", "step"),
      ("step", "x", "step"),
      ("dataset", nil, "dataset"), ("batch", "0", "batch"), ("learning_rate", "inf", "learning_rate"),
      ("decay", "linear", "linear"), ("decay", nil, "decay"), ("state_objective", nil, "state"),
      ("state_points", "-3", "-3 points"), ("state_points", "many", "state_points"),
      ("state_fingerprint", "-1", "state_fingerprint"),
    ]
    for (key, value, message) in metadata {
      let error = try failure { $0.metadata[key] = value }
      #expect(
        error?.problem.contains(message) == true,
        "\(key) = \(value ?? "nothing"): \(error?.problem ?? "no error")")
      #expect(error?.remedy.isEmpty == false)
    }
    let tensors: [(name: String, tensor: SafeTensors.Tensor?, message: String)] = [
      ("input.bias", nil, "missing"),
      ("input.bias", .init(shape: [19], floats: .init(repeating: 0, count: 19)), "shape"),
      ("input.bias", .init(shape: [20], doubles: .init(repeating: 0, count: 20)), "F64"),
      ("input.bias", .init(shape: [20], floats: .init(repeating: .nan, count: 20)), "not finite"),
      ("output.bias", .init(shape: [2], floats: [0, .infinity]), "not finite"),
      ("extra", .init(shape: [1], floats: [0]), "extra"),
      ("loss_history", nil, "loss_history"),
      ("loss_history", .init(shape: [1, 2], floats: [0, 0]), "loss_history"),
      ("loss_history", .init(shape: [2], doubles: [0, 0]), "loss_history"),
      ("loss_history", .init(shape: [1, 2], doubles: [0.5, 0]), "row 0"),
      ("loss_history", .init(shape: [1, 2], doubles: [-1, 0]), "the step -1"),
      ("loss_history", .init(shape: [1, 2], doubles: [0x1p53, 0]), "outside 0...20"),
      ("loss_history", .init(shape: [2, 2], doubles: [4, 0, 4, 0]), "row 1 the step 4"),
      ("state.sums", nil, "missing"), ("state.sums", .init(shape: [2], doubles: [0, 0]), "shape"),
      ("state.sums", .init(shape: [3], doubles: [0, 2, 0]), "outside 0...1"),
      ("state.sums", .init(shape: [3], floats: [0, 0, 0]), "F32"),
      ("state.weights.input.bias", nil, "missing"),
      ("state.second_moment.output.bias", .init(shape: [2], floats: [-1, 0]), "negative"),
    ]
    for (name, tensor, message) in tensors {
      let error = try failure { $0.tensors[name] = tensor }
      #expect(error?.problem.contains(message) == true, "\(name): \(error?.problem ?? "no error")")
    }
  }
}
