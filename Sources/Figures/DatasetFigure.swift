import Plotting
import PointClouds

/// One cloud of points, its parts coloured.
public struct DatasetFigure: Figure {
  /// The cloud.
  package var cloud: PointCloud
  /// The window of the plane.
  package var limits: Limits
  /// The title above the panel.
  package var title: String

  /// The figure of a cloud, in its own window if `limits` is `nil`.
  public init(_ cloud: PointCloud, title: String, limits: Limits? = nil) {
    self.cloud = cloud
    self.limits = limits ?? Limits(of: cloud)
    self.title = title
  }

  public func draw(on page: Page) -> Drawing {
    page.draw(.square, least: Page.Size(320, 320), title: title) { sheet in
      let rows = legendRows(on: sheet)
      let line = 28.0
      for (i, row) in rows.enumerated() {
        sheet.addLegend(row, y: Sheet.titleBand + 12 + line * Double(i))
      }
      let plot = sheet.panel(limits, above: line * Double(rows.count), right: 18)
      sheet.addCloud(cloud, in: plot)
      sheet.addAxes(plot)
    }
  }

  /// The most names that the legend shows: one per colour.
  private static let mostNames = 8

  /// The legend in rows that fit the page; empty if the parts have no names, or more names than there are colours.
  private func legendRows(on sheet: Sheet) -> [[LegendEntry]] {
    guard let names = cloud.labelNames, names.count <= Self.mostNames, cloud.labels != nil else { return [] }
    let room = sheet.width - 40
    var rows: [[LegendEntry]] = []
    var used = Double.infinity
    for (i, name) in names.enumerated() {
      let color = sheet.theme.categories[i % sheet.theme.categories.count]
      let text = TextMetrics.fitted(name.printable, size: TextSize.small, width: room / 2 - 60)
      let entry = LegendEntry(text, Stroke(color, width: 2), fill: color)
      if used + entry.width > room {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append(entry)
      used += entry.width + LegendEntry.space
    }
    return rows
  }
}
