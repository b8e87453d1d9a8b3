import PointClouds

/// A cloud with the line over its panel.
public struct CloudPanel: Sendable, Hashable {
  /// The title over the panel, and a smaller second line, which may be empty.
  package var title, note: String
  /// The cloud.
  package var cloud: PointCloud

  /// A panel of a cloud.
  public init(_ title: String, note: String = "", _ cloud: PointCloud) {
    (self.title, self.note, self.cloud) = (title, note, cloud)
  }
}

extension Page {
  /// Clouds side by side in square panels of one window, `columns` per row; if `nil`, ``PanelGrid`` decides. Walls, if
  /// any, are drawn over the clouds.
  package func draw(
    _ panels: [CloudPanel], title: String, limits: Limits, columns: Int? = nil, walls: DataBox? = nil
  ) -> Drawing {
    var spacing = PanelGrid.Spacing()
    if panels.contains(where: { !$0.note.isEmpty }) { spacing.header += 24 }
    if title.isEmpty { spacing.top = spacing.bottom }
    let grid = PanelGrid(panels.count, columns: columns, spacing: spacing, on: self)
    // All dots have the size of the fullest panel: otherwise a smaller cloud would look heavier.
    let style = CloudStyle(count: panels.map(\.cloud.count).max() ?? 1, side: grid.side)
    return grid.draw(title: title) { sheet in
      for (panel, frame) in zip(panels, grid.frames) {
        let plot = Plot(frame: frame, limits: limits)
        sheet.addCloud(panel.cloud, in: plot, style: style)
        if let walls {
          let (left, right) = (plot.place(walls.lower), plot.place(walls.upper))
          let rect = Rect(x: left.x, y: right.y, width: right.x - left.x, height: left.y - right.y)
          sheet.clip(frame, [.rect(rect, stroke: Stroke(theme.ink, width: 1.4, dash: [5, 4]))])
        }
        sheet.addFrame(frame)
        sheet.addPanelTitle(panel.title, note: panel.note, over: frame, spacing)
      }
    }
  }
}

extension Sheet {
  /// Writes the lines over a panel of a grid, cut where they would reach the next panel's.
  package mutating func addPanelTitle(
    _ title: String, note: String = "", over frame: Rect, _ spacing: PanelGrid.Spacing
  ) {
    let lines = [(title, TextSize.medium, theme.ink), (note, TextSize.small, theme.muted)]
    for (line, (text, size, color)) in lines.enumerated() where !text.isEmpty {
      write(
        text, at: SIMD2(frame.x + frame.width / 2, frame.y - spacing.header + 20 + 24 * Double(line)),
        size: size, color: color, .middle, room: frame.width + spacing.gap - 4)
    }
  }
}
