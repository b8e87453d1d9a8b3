/// Drawings of one size, shown one after the other.
public struct Animation: Sendable, Hashable {
  /// The frames, in order.
  package var frames: [Drawing]
  /// Frames per second.
  package var framesPerSecond: Double
  /// How long the last frame stays, in seconds.
  package var hold: Double

  /// An animation of frames.
  /// - Precondition: there is a frame, and all are of one size.
  public init(frames: [Drawing], framesPerSecond: Double = 20, hold: Double = 2) {
    precondition(!frames.isEmpty, "an animation without frames")
    precondition(
      frames.allSatisfy { $0.width == frames[0].width && $0.height == frames[0].height },
      "frames of different sizes")
    precondition(framesPerSecond > 0 && framesPerSecond <= 100, "\(framesPerSecond) frames a second")
    precondition(hold >= 0 && hold <= 600, "a hold of \(hold) seconds")
    (self.frames, self.framesPerSecond, self.hold) = (frames, framesPerSecond, hold)
  }
}
