import Plotting

extension Drawing {
  /// The drawing as text, one item a line, numbers rounded to hundredths; of a long row of points, their number and
  /// hash.
  var text: String {
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
        if !stroke.dash.isEmpty { line += " dash " + stroke.dash.map { short($0) }.joined(separator: ",") }
      }
      let outlines = shape.outlines.map { points($0) + (shape.closed ? " z" : "") }
      lines.append(indent + line + ": " + brief(outlines, separator: " | "))
    case .points(let layer):
      var line = "points r \(short(layer.radius)) " + layer.colors.map(\.description).joined(separator: " ")
      if let indices = layer.indices { line += " by " + brief(indices.map(\.description), separator: ",") }
      lines.append(indent + line + ": " + points(layer.centers))
    case .lines(let layer):
      lines.append(indent + "lines w \(short(layer.width))")
      for run in layer.runs {
        let pieces = layer.paths.map { points(Array($0[run.first...run.last])) }
        lines.append(indent + "  \(run.color): " + brief(pieces, separator: " | "))
      }
    case .raster(let raster):
      lines.append(
        indent + "raster \(raster.columns) x \(raster.rows) \(text(raster.frame)) fnv \(hash(raster.pixels))")
    case .label(let label):
      let style = (label.bold ? " bold" : "") + (label.turned ? " turned" : "")
      lines.append(
        indent + "label \(points([label.position])) \(label.alignment.rawValue) \(short(label.size))\(style) "
          + "\(label.color): \(label.text)")
    case .clip(let frame, let items):
      lines.append(indent + "clip \(text(frame))")
      for item in items { item.describe(into: &lines, indent: indent + "  ") }
    }
  }

  private func points(_ points: [SIMD2<Double>]) -> String {
    brief(points.map { "\(short($0.x)),\(short($0.y))" }, separator: " ")
  }

  private func text(_ rect: Rect) -> String {
    [rect.x, rect.y, rect.width, rect.height].map { short($0) }.joined(separator: " ")
  }

  /// The parts; where they are many, the first and the last, their number and their hash.
  private func brief(_ parts: [String], separator: String) -> String {
    let whole = parts.joined(separator: separator)
    guard parts.count > 12 else { return whole }
    return "\(parts[0]) … \(parts[parts.count - 1]) (\(parts.count), fnv \(hash(whole.utf8)))"
  }

  private func hash(_ bytes: some Sequence<UInt8>) -> UInt32 {
    bytes.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
  }
}

private func short(_ value: Double) -> String { NumberText.short(value) }
