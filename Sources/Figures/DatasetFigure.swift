import Plotting
import PointClouds

/// One cloud of points, its parts coloured.
package struct DatasetFigure: Figure {
  /// The cloud.
  package var cloud: PointCloud
  /// The window of the plane.
  package var limits: Limits
  /// The line above the panel.
  package var title: String

  /// The figure of a cloud.
  /// - Parameter limits: the window; from the cloud itself where `nil`.
  package init(_ cloud: PointCloud, title: String, limits: Limits? = nil) {
    self.cloud = cloud
    self.limits = limits ?? Limits(of: cloud)
    self.title = title
  }

  package func draw(theme: Theme) -> Drawing {
    var drawing = Drawing(width: 540, height: 540, background: theme.background)
    drawing.addTitle(title, theme: theme)
    let rows = legendRows(theme: theme)
    for (i, row) in rows.enumerated() {
      drawing.addLegend(row, y: Self.firstRow + Self.rowHeight * Double(i), theme: theme)
    }
    let top = 50 + Self.rowHeight * Double(rows.count)
    let plot = Plot(square: Rect(x: 14, y: top, width: 508, height: 526 - top), limits: limits)
    drawing.items.append(.cloud(cloud, in: plot, theme: theme))
    drawing.addAxes(plot, theme: theme)
    return drawing
  }

  private static let (firstRow, rowHeight) = (62.0, 28.0)
  /// Names of parts that one figure tells: as many as there are colours.
  private static let mostNames = 8

  /// The names of the parts beside their colours, in rows that fit the page; none where the parts have no names or
  /// more than there are colours.
  private func legendRows(theme: Theme) -> [[LegendEntry]] {
    guard let names = cloud.labelNames, names.count <= Self.mostNames, cloud.labels != nil else { return [] }
    let room = 500.0
    var rows: [[LegendEntry]] = []
    var used = Double.infinity
    for (i, name) in names.enumerated() {
      let color = theme.categories[i % theme.categories.count]
      let text = TextMetrics.fitted(name.printable, size: TextSize.small, width: room / 2 - 60)
      let entry = LegendEntry(text: text, stroke: Stroke(color, width: 2), fill: color)
      if used + entry.width > room {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append(entry)
      used += entry.width + 30
    }
    return rows
  }
}

extension Plot {
  /// The largest square panel that fits into an area together with its tick labels, centred.
  init(square area: Rect, limits: Limits) {
    let below = 13 + TextMetrics.capHeight * TextSize.small + 2
    var side = min(area.width, area.height - below)
    var (left, right) = (0.0, 0.0)
    // The labels' width depends on the ticks, and they on the side; it settles in a round or two.
    for _ in 0..<3 {
      let trial = Plot(frame: Rect(x: 0, y: 0, width: side, height: side), limits: limits)
      left = 9 + trial.y.labelWidth(TextSize.small)
      // How far the last label below reaches beyond the panel, some of which the page's margin takes.
      let reach = trial.x.ticks.map {
        (trial.x.share($0.value) - 1) * side + TextMetrics.width(of: $0.label, size: TextSize.small) / 2
      }
      right = max(0, (reach.max() ?? 0) - 10)
      side = min(area.width - left - right, area.height - below)
    }
    let x = area.x + (area.width - left - right - side) / 2 + left
    self.init(frame: Rect(x: x, y: area.y, width: side, height: side), limits: limits)
  }
}
