import Plotting
import Testing

@testable import Figures

@Suite("All figures")
struct GalleryTests {
  @Test("No text is cut by the page, lies on other text or in a panel, in both themes")
  func everythingHasRoom() {
    for (name, figure) in Gallery.figures() {
      for theme in [Theme.light, .dark] {
        for problem in figure.draw(theme: theme).layoutProblems { Issue.record("\(name): \(problem)") }
      }
    }
  }

  @Test("All text is at least 18 points high")
  func textIsReadable() {
    for (_, figure) in Gallery.figures() {
      #expect(figure.draw(theme: .light).labels.allSatisfy { $0.size >= 18 })
    }
  }

  @Test("Drawing twice gives the same display list")
  func deterministic() {
    for ((_, once), (_, again)) in zip(Gallery.figures(), Gallery.figures()) {
      #expect(once.draw(theme: .dark) == again.draw(theme: .dark))
    }
  }

  @Test("Panels are on the page and apart from each other")
  func panelsAreApart() {
    for (name, figure) in Gallery.figures() {
      let drawing = figure.draw(theme: .light)
      #expect(!drawing.panels.isEmpty, "\(name)")
      for (i, panel) in drawing.panels.enumerated() {
        let frame = panel.frame
        #expect(
          frame.x >= 0 && frame.y >= 0 && frame.maxX <= drawing.width && frame.maxY <= drawing.height,
          "\(name): a panel at \(frame) leaves the page")
        // Their lines and the cloud below them are panels of one frame.
        let isLayered = ["paths", "trajectories", "denoising"].contains(where: name.hasPrefix)
        for other in drawing.panels[(i + 1)...] where !isLayered || other.frame != frame {
          #expect(!frame.overlaps(other.frame), "\(name): \(frame) lies on \(other.frame)")
        }
      }
    }
  }

  @Test("Panels of points are square")
  func panelsAreSquare() {
    for (name, figure) in Gallery.figures()
    where !["loss", "schedule", "bound", "errors", "quality", "ablation"].contains(where: name.hasPrefix) {
      let drawing = figure.draw(theme: .light)
      #expect(!drawing.panels.isEmpty)
      for panel in drawing.panels {
        // 1e-9 of a point: rounding of sums.
        #expect(abs(panel.frame.width - panel.frame.height) < 1e-9, "\(name)")
        #expect(panel.frame.width >= 130, "\(name): a panel of \(panel.frame.width) points")
      }
    }
  }
}
