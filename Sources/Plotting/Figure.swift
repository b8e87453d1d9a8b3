/// Something that can be drawn: plain data with a way to lay them out.
package protocol Figure: Sendable {
  /// The figure as a display list in the colours of a theme.
  func draw(theme: Theme) -> Drawing
}

/// What there is to draw.
package enum FigureCatalogue {
  /// Every kind of figure with one line about it. A new one is one file and one line here.
  package static let entries: [(name: String, summary: String)] = [
    ("dataset", "one cloud of points, its parts coloured"),
    ("forward", "the data at several times of the forward process, from data to noise"),
    ("reverse", "a reverse chain at several times, from noise to samples"),
    ("trajectories", "paths of the reverse chain from noise to data, coloured by time"),
    ("field", "the score as arrows over the density at one noise level"),
    ("density", "a model's density beside the true one"),
    ("loss", "the training loss by step, raw and smoothed"),
    ("schedule", "what noise schedules do over time: ᾱ, signal-to-noise ratio, β, and where steps go"),
    ("bound", "the variational bound by term beside the exact entropy"),
    ("errors", "the error of noise prediction by noise level over the exact floor"),
    (
      "quality",
      "samplers' quality against the evaluations that they took, with the orders of their end points"
    ),
    ("paths", "the paths of the same particles under different samplers"),
    (
      "ablation",
      "variants of a recipe, each with its samples' distance from the data and a classifier's accuracy"
    ),
    ("copies", "samples over the training points, each joined with the nearest of them"),
    ("comparison", "clouds side by side under one window"),
  ]
}
