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
}
