extension Optimizer {
  /// Steps of about the learning rate in every weight, whatever the size of its gradient; by default without
  /// weight decay.
  /// Kingma and Ba 2015 (arXiv:1412.6980), algorithm 1
  public static let adam = Optimizer(
    "adam", "steps of about the learning rate in every weight, Kingma and Ba 2015", learningRate: 4e-3,
    moments: adamMoments, update: stepByAdam)
}
