extension Drawing {
  /// The same drawing with every length `factor` times as long.
  package func scaled(by factor: Double) -> Drawing {
    Drawing(
      width: width * factor, height: height * factor, background: background,
      items: items.map { $0.scaled(by: factor) })
  }
}

extension Drawing.Item {
  fileprivate func scaled(by factor: Double) -> Drawing.Item {
    switch self {
    case .shape(var shape):
      shape.outlines = shape.outlines.map { $0.map { $0 * factor } }
      shape.stroke = shape.stroke.map {
        Stroke($0.color, width: $0.width * factor, dash: $0.dash.map { $0 * factor })
      }
      return .shape(shape)
    case .points(var layer):
      layer.centers = layer.centers.map { $0 * factor }
      layer.radius *= factor
      return .points(layer)
    case .lines(var layer):
      layer.paths = layer.paths.map { $0.map { $0 * factor } }
      layer.width *= factor
      return .lines(layer)
    case .raster(var raster):
      raster.frame = raster.frame.scaled(by: factor)
      return .raster(raster)
    case .label(var label):
      label.position *= factor
      label.size *= factor
      return .label(label)
    case .clip(let frame, let items):
      return .clip(frame.scaled(by: factor), items.map { $0.scaled(by: factor) })
    }
  }
}

extension Rect {
  fileprivate func scaled(by factor: Double) -> Rect {
    Rect(x: x * factor, y: y * factor, width: width * factor, height: height * factor)
  }
}
