import DiffusionProcess
import PointClouds

@testable import TinyNetwork

/// A model after some steps, with a name and numbers that are awkward to write.
func savedModel(fourierFeatures: Int = 1) throws -> TrainedModel {
  var recipe = smallRecipe(steps: 30)
  recipe.width = 20
  recipe.blocks = 1
  recipe.fourierFeatures = fourierFeatures
  recipe.prediction = .v
  recipe.learningRate = 0.1 + 0.2  // no short decimal
  recipe.seed = .max
  let trainer = try Trainer(
    points: arcs(50), dataset: "a “set”/with \\ \" ü",
    origin: DataOrigin.rows(path: "a file.csv", content: PointsFingerprint(arcs(50)), heldOut: .standard),
    recipe: recipe)
  try trainer.run(steps: 20)
  return trainer.model
}
