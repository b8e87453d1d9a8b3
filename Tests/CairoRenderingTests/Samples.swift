import Figures
import Plotting
import PointClouds

/// Small drawings whose pixels are known.
enum Samples {
  /// A white page of 40 × 20 points with a blue square, an orange dot and a clip that cuts a dot in half.
  static let marks: Drawing = {
    var drawing = Drawing(width: 40, height: 20, background: Color(0xFFFFFF))
    let square = Rect(x: 2, y: 2, width: 8, height: 8)
    drawing.items = [
      .rect(square, fill: Color(0x0072B2)),
      .points(PointLayer(centers: [SIMD2(20, 10)], radius: 4, colors: [Color(0xD55E00)])),
      .clip(
        Rect(x: 30, y: 0, width: 10, height: 20),
        [.points(PointLayer(centers: [SIMD2(30, 10)], radius: 4, colors: [Color(0x009E73)]))]),
    ]
    return drawing
  }()

  /// A figure with everything in it: text, dots in colours, axes.
  static func figure(_ theme: Theme = .light) -> Drawing {
    let noise = NoiseSource(seed: 5, purpose: .data)
    let cloud = PointCloud((0..<200).map { noise.normal(particle: $0) }, labels: (0..<200).map { $0 % 5 })
    return DatasetFigure(cloud, title: "σ² of ᾱ").draw(theme: theme)
  }

  /// A picture with a heat map, arrows and a colour bar.
  static let field: Drawing = {
    let limits = Limits(center: .zero, halfSide: 2)
    return ScoreFieldFigure(
      density: ScalarField(over: limits, size: 24) { 1 / (1 + ($0 * $0).sum()) },
      score: VectorField(over: limits, size: 9) { $0.map { -$0 } }
    ).draw(theme: .dark)
  }()

  /// A few frames of dots that wander, the last one shown twice.
  static let animation: Animation = {
    let noise = NoiseSource(seed: 6, purpose: .data)
    var frames = (0..<5).map { k -> Drawing in
      var frame = Drawing(width: 60, height: 50, background: Color(0xFFFFFF))
      let centers = (0..<40).map { i in
        SIMD2(30, 25) + (1 - 0.15 * Double(k)) * 8 * noise.normal(particle: i)
      }
      frame.items = [.points(PointLayer(centers: centers, radius: 2, colors: [Color(0x0072B2).opacity(0.7)]))]
      return frame
    }
    frames.append(frames[4])
    return Animation(frames: frames, framesPerSecond: 20, hold: 1.5)
  }()
}
