import PointClouds

/// A cloud with the line over its panel.
package struct CloudPanel: Sendable, Hashable {
  /// The line over the panel.
  package var title: String
  /// A smaller second line; may be empty.
  package var note: String
  /// The cloud.
  package var cloud: PointCloud

  /// A panel of a cloud.
  package init(_ title: String, note: String = "", _ cloud: PointCloud) {
    self.title = title
    self.note = note
    self.cloud = cloud
  }
}

extension Drawing {
  /// A page with clouds side by side in square panels of one window, `columns` a row; where `nil`, as many as
  /// fill rows of at most six evenly. Walls, if any, are drawn over the clouds.
  package static func panelRow(
    _ panels: [CloudPanel], title: String, limits: Limits, columns: Int? = nil, walls: DataBox? = nil,
    theme: Theme
  ) -> Drawing {
    let evenRows = (panels.count + 5) / 6
    let columns = columns ?? (panels.count + evenRows - 1) / max(evenRows, 1)
    let rows = (panels.count + columns - 1) / max(columns, 1)
    let (width, edge, gap) = (960.0, 18.0, 14.0)
    let side = min(
      (width - 2 * edge - gap * Double(columns - 1)) / Double(max(columns, 1)), 440)
    let hasNotes = panels.contains { !$0.note.isEmpty }
    let header = hasNotes ? 54.0 : 30
    let top = title.isEmpty ? 10.0 : 48
    let height = top + Double(rows) * (header + side + 8) + 10
    var drawing = Drawing(width: width, height: height, background: theme.background)
    if !title.isEmpty { drawing.addTitle(title, theme: theme) }
    let used = side * Double(columns) + gap * Double(columns - 1)
    // One size of dots for all, that of the fullest panel: else a smaller cloud would look heavier.
    let style = CloudStyle(count: panels.map(\.cloud.count).max() ?? 1, side: side)
    for (i, panel) in panels.enumerated() {
      let x = (width - used) / 2 + Double(i % columns) * (side + gap)
      let y = top + Double(i / columns) * (header + side + 8) + header
      let plot = Plot(frame: Rect(x: x, y: y, width: side, height: side), limits: limits)
      drawing.items.append(.cloud(panel.cloud, in: plot, theme: theme, style: style))
      if let walls {
        let (left, right) = (plot.place(walls.lower), plot.place(walls.upper))
        let rect = Rect(x: left.x, y: right.y, width: right.x - left.x, height: left.y - right.y)
        drawing.items.append(
          .clip(plot.frame, [.shape(.rect(rect, stroke: Stroke(theme.ink, width: 1.4, dash: [5, 4])))]))
      }
      drawing.addFrame(plot.frame, theme: theme)
      let lines = [(panel.title, TextSize.medium, theme.ink), (panel.note, TextSize.small, theme.muted)]
      for (line, (text, size, color)) in lines.enumerated() where !text.isEmpty {
        drawing.add(
          Label(
            TextMetrics.fitted(text, size: size, width: side + gap - 4),
            at: SIMD2(x + side / 2, y - header + 20 + 24 * Double(line)), size: size, color: color,
            alignment: .middle))
      }
    }
    return drawing
  }
}
