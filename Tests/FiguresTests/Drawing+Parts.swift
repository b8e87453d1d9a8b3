import Figures
import Plotting

extension Drawing {
  /// The clouds inside panels, in order.
  var clouds: [PointLayer] {
    panels.flatMap { panel in
      panel.items.compactMap { if case .points(let layer) = $0 { layer } else { nil } }
    }
  }

  /// The panels: the rectangles that clip what is in them.
  var panels: [(frame: Rect, items: [Item])] {
    items.compactMap { if case .clip(let frame, let items) = $0 { (frame, items) } else { nil } }
  }

  /// All lines of text.
  var labels: [Label] {
    flattened.compactMap { if case .label(let label) = $0 { label } else { nil } }
  }

  /// What is wrong with the layout: text or panels that leave the page, or that lie on each other.
  var layoutProblems: [String] {
    var problems: [String] = []
    let page = Rect(x: 0, y: 0, width: width, height: height)
    // A panel may clip several layers.
    let frames = panels.map(\.frame).reduce(into: [Rect]()) { if !$0.contains($1) { $0.append($1) } }
    for (i, label) in labels.enumerated() {
      if !page.grown(by: 1e-9).contains(label.bounds) { problems.append("'\(label.text)' leaves the page") }
      for other in labels[(i + 1)...] where label.inked.overlaps(other.inked) {
        problems.append("'\(label.text)' lies on '\(other.text)'")
      }
    }
    for (i, frame) in frames.enumerated() {
      if !page.contains(frame) { problems.append("the panel \(frame) leaves the page") }
      for other in frames[(i + 1)...] where frame.overlaps(other) {
        problems.append("the panel \(frame) lies on the panel \(other)")
      }
      // A value beyond an axis is written in the panel on purpose.
      for case .label(let label) in items where label.inked.overlaps(frame) {
        problems.append("'\(label.text)' lies in the panel \(frame)")
      }
    }
    return problems
  }
}

extension Rect {
  func contains(_ other: Rect) -> Bool {
    contains(SIMD2(other.x, other.y)) && contains(SIMD2(other.maxX, other.maxY))
  }

  func overlaps(_ other: Rect) -> Bool {
    // Half a point may touch: edges of letters are soft.
    x + 0.5 < other.maxX && other.x + 0.5 < maxX && y + 0.5 < other.maxY && other.y + 0.5 < maxY
  }
}

extension Label {
  /// The part of ``bounds`` that has ink: from the descenders to the capitals, accents left out.
  fileprivate var inked: Rect {
    let bounds = bounds
    let spare = (TextMetrics.ascent - TextMetrics.capHeight) * size
    return turned
      ? Rect(x: bounds.x + spare, y: bounds.y, width: bounds.width - spare, height: bounds.height)
      : Rect(x: bounds.x, y: bounds.y + spare, width: bounds.width, height: bounds.height - spare)
  }
}
