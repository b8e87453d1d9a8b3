import PointClouds

/// One cloud of points, its parts coloured.
public struct DatasetFigure: Figure {
  /// The cloud.
  public var cloud: PointCloud
  /// The window of the plane.
  public var limits: Limits
  /// The line above the panel.
  public var title: String

  /// The figure of a cloud.
  /// - Parameter limits: the window; from the cloud itself where `nil`.
  public init(_ cloud: PointCloud, title: String, limits: Limits? = nil) {
    self.cloud = cloud
    self.limits = limits ?? Limits(of: cloud)
    self.title = title
  }

  public func draw(theme: Theme) -> Drawing {
    var drawing = Drawing(width: 540, height: 540, background: theme.background)
    drawing.addTitle(title, theme: theme)
    let plot = Plot(square: Rect(x: 14, y: 50, width: 508, height: 476), limits: limits)
    drawing.items.append(.cloud(cloud, in: plot, theme: theme))
    drawing.addAxes(plot, theme: theme)
    return drawing
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
