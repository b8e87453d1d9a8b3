import Testing

@testable import PointClouds

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite("Mixture files")
struct MixtureFileTests {
  private func parse(_ text: String) throws -> MixtureSpecification {
    try MixtureFile.parse(Array(text.utf8), path: "m.json")
  }

  @Test("a mixture is read, and its weights are normalised")
  func reads() throws {
    let mixture = try parse(
      #"{"weights":[1,3],"means":[[0,1],[2.5,-1]],"covariances":[[[1,0.5],[0.5,2]],[[0.1,0],[0,0.1]]]}"#)
    #expect(
      mixture
        == MixtureSpecification(
          weights: [0.25, 0.75], means: [SIMD2(0, 1), SIMD2(2.5, -1)],
          covariances: [Covariance(xx: 1, xy: 0.5, yy: 2), Covariance(xx: 0.1, xy: 0, yy: 0.1)]))
  }

  @Test("what is encoded decodes to the same mixture")
  func roundTrip() throws {
    for toy in Toys.all {
      guard let mixture = toy.mixture else { continue }
      let data = try JSONEncoder().encode(mixture)
      #expect(try MixtureFile.parse(Array(data), path: "m.json") == mixture)
    }
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

  @Test("names the line where the JSON breaks off")
  func line() throws {
    let error = try #require(throws: FileError.self) {
      try parse("{\n\"weights\": [1],\n\"means\": [[0, NaN]]}")
    }
    #expect(error.description.hasPrefix("m.json:3: is no valid JSON; write {"))
  }
}
