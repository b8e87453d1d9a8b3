import Testing

@testable import PointClouds

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite("Mixture files")
struct MixtureFileTests {
  private func parse(_ text: String) throws -> GaussianMixture {
    try MixtureFile.parse(Array(text.utf8), path: "m.json")
  }

  @Test("a mixture is read, and its weights are normalised")
  func reads() throws {
    let mixture = try parse(
      #"{"weights":[1,3],"means":[[0,1],[2.5,-1]],"covariances":[[[1,0.5],[0.5,2]],[[0.1,0],[0,0.1]]]}"#)
    #expect(
      mixture
        == GaussianMixture([
          .init(weight: 0.25, mean: SIMD2(0, 1), covariance: SymmetricMatrix(xx: 1, xy: 0.5, yy: 2)),
          .init(weight: 0.75, mean: SIMD2(2.5, -1), covariance: SymmetricMatrix(isotropic: 0.1)),
        ]))
  }

  @Test("weights that sum to 1 but for rounding are those of the file")
  func roundedWeights() throws {
    func ten(_ text: String) -> String {
      "[" + [String](repeating: text, count: 10).joined(separator: ",") + "]"
    }
    let mixture = try parse(
      #"{"weights":\#(ten("0.1")),"means":\#(ten("[0,1]")),"covariances":\#(ten("[[1,0],[0,1]]"))}"#)
    // Their sum is 0.9999999999999999.
    #expect(mixture.components.allSatisfy { $0.weight == 0.1 })
  }

  @Test(
    "refuses what is no mixture and names the fault",
    arguments: [
      ("", "is empty"), (" \n", "is empty"), ("{", "no valid JSON"), ("[1, 2]", "the outermost value"),
      ("x,y\n1,2\n", "no valid JSON"), (#"{"weights":[1]}"#, "no list \"means\""),
      (#"{"weights":[1],"means":[[0,0]]}"#, "no list \"covariances\""),
      (#"{"weights":[NaN],"means":[[0,0]],"covariances":[[[1,0],[0,1]]]}"#, "no valid JSON"),
      (#"{"weights":[null],"means":[[0,0]],"covariances":[[[1,0],[0,1]]]}"#, "weights[0]"),
      (#"{"weights":["a"],"means":[[0,0]],"covariances":[[[1,0],[0,1]]]}"#, "weights[0]"),
      (#"{"weights":[],"means":[],"covariances":[]}"#, "no components"),
      (#"{"weights":[0],"means":[[0,0]],"covariances":[[[1,0],[0,1]]]}"#, "weight 1 is 0.0"),
      (#"{"weights":[1,-2],"means":[[0,0],[1,1]],"covariances":[[[1,0],[0,1]],[[1,0],[0,1]]]}"#, "weight 2"),
      (#"{"weights":[1,1],"means":[[0,0]],"covariances":[[[1,0],[0,1]]]}"#, "2 weights, 1 means"),
      (#"{"weights":[1],"means":[[0,0,0]],"covariances":[[[1,0],[0,1]]]}"#, "mean 1 has 3 coordinates"),
      (#"{"weights":[1],"means":[[0,1e200]],"covariances":[[[1,0],[0,1]]]}"#, "mean 1 is"),
      (#"{"weights":[1],"means":[[0,0]],"covariances":[[[1,0]]]}"#, "not 2 × 2"),
      (#"{"weights":[1],"means":[[0,0]],"covariances":[[[1,0.1],[0.2,1]]]}"#, "not symmetric"),
      (#"{"weights":[1],"means":[[0,0]],"covariances":[[[1,2],[2,1]]]}"#, "not positive definite"),
      (#"{"weights":[1],"means":[[0,0]],"covariances":[[[1,1],[1,1]]]}"#, "not positive definite"),
      (#"{"weights":[1],"means":[[0,0]],"covariances":[[[0,0],[0,1]]]}"#, "not positive definite"),
      (#"{"weights":[1],"means":[[0,0]],"covariances":[[[-1,0],[0,-1]]]}"#, "not positive definite"),
    ])
  func refuses(text: String, problem: String) throws {
    let error = try #require(throws: FileError.self) { try parse(text) }
    #expect(error.path == "m.json" && error.problem.contains(problem), "\(error)")
    #expect(!error.remedy.isEmpty)
  }

  /// A mixture of two, the first N(0, I).
  private func pair(mean: String, covariance: String, weight: String = "1") throws -> GaussianMixture {
    try parse(
      #"{"weights":[1,\#(weight)],"means":[[0,0],\#(mean)],"covariances":[[[1,0],[0,1]],\#(covariance)]}"#)
  }

  @Test(
    "refuses components too narrow for how far the mixture reaches, by their numbers",
    arguments: [
      (
        "[1e90,0]", "[[1,0],[0,1]]",
        "component 1 has a standard deviation of 1.0, and component 2 reaches to 1e+90"
      ),
      ("[0,-1e13]", "[[1,0],[0,1]]", "component 2 reaches to 1"),
      ("[3,1]", "[[1,0],[0,1e-40]]", "component 2 has a standard deviation of 1e-20"),
      ("[0,0]", "[[1e-30,0],[0,1e-30]]", "component 2 has"),
      ("[0,0]", "[[1e100,0],[0,1e100]]", "component 1 has"),
      ("[1e100,1e100]", "[[1e-100,0],[0,1e-100]]", "component 2 has"),
    ])
  func refusesContrast(mean: String, covariance: String, problem: String) throws {
    let error = try #require(throws: FileError.self) { try pair(mean: mean, covariance: covariance) }
    #expect(error.problem.contains(problem), "\(error)")
    #expect(error.problem.contains("Double"))
  }

  @Test(
    "takes components as narrow as Double can carry, at any scale, each to the limits of its numbers",
    arguments: [
      ("[3,1]", "[[1,0],[0,1e-6]]", "1"), ("[0.5,0]", "[[1e-23,0],[0,1e-23]]", "1e-300"),
      ("[0,9e11]", "[[1,0],[0,1]]", "1e100"), ("[0,0]", "[[1,0.9999999999994],[0.9999999999994,1]]", "1"),
    ])
  func takesContrast(mean: String, covariance: String, weight: String) throws {
    #expect(try pair(mean: mean, covariance: covariance, weight: weight).components.count == 2)
  }

  @Test("the limits of weights, means and variances are these, and not one digit further")
  func limits() throws {
    func one(weight: String = "1", mean: String = "[0,0]", variance: String = "1") throws {
      _ = try parse(
        #"{"weights":[\#(weight)],"means":[\#(mean)],"covariances":[[[\#(variance),0],[0,\#(variance)]]]}"#)
    }
    try one(weight: "1e100")
    try one(variance: "1e-100")
    try one(variance: "1e100")
    try one(mean: "[9.9e61,-9.9e61]", variance: "1e100")
    #expect(throws: FileError.self) { try one(weight: "1.01e100") }
    #expect(throws: FileError.self) { try one(variance: "9e-101") }
    #expect(throws: FileError.self) { try one(variance: "1.1e100") }
    #expect(throws: FileError.self) { try one(mean: "[1.1e62,0]", variance: "1e100") }
    #expect(throws: FileError.self) { try one(mean: "[0,1.1e100]", variance: "1e100") }
    let nothing = try #require(throws: FileError.self) {
      try parse(
        #"{"weights":[1e100,1e-300],"means":[[0,0],[0,0]],"covariances":[[[1,0],[0,1]],[[1,0],[0,1]]]}"#)
    }
    #expect(nothing.problem.contains("weight 2 is nothing beside the others"))
  }

  @Test("names the line where the JSON breaks off")
  func line() throws {
    let error = try #require(throws: FileError.self) {
      try parse("{\n\"weights\": [1],\n\"means\": [[0, NaN]]}")
    }
    #expect(error.description.hasPrefix("m.json:3: is no valid JSON; write {"))
  }
}
