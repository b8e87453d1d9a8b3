import PointClouds

extension Drawing {
  /// The drawing as text, one item a line, numbers rounded to hundredths: what a test compares.
  package var canonicalText: String {
    var lines = ["page \(short(width)) \(short(height)) \(background?.description ?? "transparent")"]
    for item in items { item.describe(into: &lines, indent: "") }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Drawing.Item {
  fileprivate func describe(into lines: inout [String], indent: String) {
    switch self {
    case .shape(let shape):
      var line = "shape"
      if let fill = shape.fill { line += " fill \(fill)" }
      if let stroke = shape.stroke {
        line += " stroke \(stroke.color) \(short(stroke.width))"
        if !stroke.dash.isEmpty { line += " dash " + stroke.dash.map(short).joined(separator: ",") }
      }
      let outlines = shape.outlines.map { text($0) + (shape.closed ? " z" : "") }
      lines.append(indent + line + ": " + outlines.joined(separator: " | "))
    case .points(let layer):
      var line = "points r \(short(layer.radius)) " + layer.colors.map(\.description).joined(separator: " ")
      if let indices = layer.indices { line += " by " + indices.map(\.description).joined(separator: ",") }
      lines.append(indent + line + ": " + text(layer.centers))
    case .lines(let layer):
      lines.append(indent + "lines w \(short(layer.width))")
      for run in layer.runs {
        let pieces = layer.paths.map { text(Array($0[run.first...run.last])) }
        lines.append(indent + "  \(run.color): " + pieces.joined(separator: " | "))
      }
    case .raster(let raster):
      let frame = raster.frame
      let hash = raster.pixels.reduce(2_166_136_261 as UInt32) { ($0 ^ UInt32($1)) &* 16_777_619 }
      lines.append(indent + "raster \(raster.columns) x \(raster.rows) \(text(frame)) fnv \(hash)")
    case .label(let label):
      let style = (label.bold ? " bold" : "") + (label.turned ? " turned" : "")
      lines.append(
        indent + "label \(text([label.position])) \(label.alignment.rawValue) \(short(label.size))\(style) "
          + "\(label.color): \(label.text)")
    case .clip(let frame, let items):
      lines.append(indent + "clip \(text(frame))")
      for item in items { item.describe(into: &lines, indent: indent + "  ") }
    }
  }

  private func text(_ points: [SIMD2<Double>]) -> String {
    points.map { "\(short($0.x)),\(short($0.y))" }.joined(separator: " ")
  }

  private func text(_ rect: Rect) -> String {
    [rect.x, rect.y, rect.width, rect.height].map(short).joined(separator: " ")
  }
}

/// A number to hundredths, without trailing zeros.
package func short(_ value: Double) -> String {
  var text = value.fixed(2)
  guard text.contains(".") else { return text }
  while text.hasSuffix("0") { text.removeLast() }
  if text.hasSuffix(".") { text.removeLast() }
  return text
}
