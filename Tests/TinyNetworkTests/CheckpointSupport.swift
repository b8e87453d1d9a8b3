import DiffusionProcess

@testable import TinyNetwork

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Runs with a folder of its own, removed with all that is in it.
func inCheckpointFolder(_ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.path() + "/checkpoints-\(UUID().uuidString)"
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try body(folder)
}

/// A model after some steps, with a name and numbers that are awkward to write.
func savedModel() throws -> TrainedModel {
  var recipe = smallRecipe(steps: 30)
  recipe.width = 20
  recipe.blocks = 1
  recipe.fourierFeatures = 1
  recipe.prediction = .v
  recipe.learningRate = 0.1 + 0.2  // no short decimal
  recipe.seed = .max
  let trainer = try Trainer(points: arcs(50), dataset: "a “set”/with \\ \" ü", recipe: recipe)
  try trainer.run(steps: 20)
  return trainer.model
}
