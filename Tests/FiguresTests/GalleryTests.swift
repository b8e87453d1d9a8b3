import Plotting
import Testing

@testable import Figures

@Suite("All figures")
struct GalleryTests {
  @Test("No text is cut by the page or lies on other text, in both themes")
  func textHasRoom() {
    for (name, figure) in Gallery.figures() {
      for theme in [Theme.light, .dark] {
        let drawing = figure.draw(theme: theme)
        let labels = drawing.labels
        for (i, label) in labels.enumerated() {
          let bounds = label.bounds
          #expect(
            bounds.x >= 0 && bounds.y >= 0 && bounds.maxX <= drawing.width && bounds.maxY <= drawing.height,
            "\(name): '\(label.text)' at \(bounds) leaves the page")
          for other in labels[(i + 1)...] {
            #expect(
              !overlap(label.inked, other.inked), "\(name): '\(label.text)' lies on '\(other.text)'")
          }
        }
      }
    }
  }

  @Test("No text lies in a panel")
  func panelsAreClear() {
    for (name, figure) in Gallery.figures() {
      let drawing = figure.draw(theme: .light)
      for label in drawing.labels {
        for panel in drawing.panels {
          #expect(!overlap(label.inked, panel.frame), "\(name): '\(label.text)' lies in a panel")
        }
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
        let isLayered = ["paths", "trajectories"].contains(where: name.hasPrefix)
        for other in drawing.panels[(i + 1)...] where !isLayered || other.frame != frame {
          #expect(!overlap(frame, other.frame), "\(name): \(frame) lies on \(other.frame)")
        }
      }
    }
  }

  @Test("Panels of points are square")
  func panelsAreSquare() {
    for (name, figure) in Gallery.figures()
    where !["loss", "schedule", "bound", "errors", "quality"].contains(where: name.hasPrefix) {
      for panel in figure.draw(theme: .light).panels {
        // 1e-9 of a point: rounding of sums.
        #expect(abs(panel.frame.width - panel.frame.height) < 1e-9, "\(name)")
        #expect(panel.frame.width >= 130, "\(name): a panel of \(panel.frame.width) points")
      }
    }
  }

  @Test("The catalogue names each figure once, in lower case, and says something about it")
  func catalogue() {
    let names = FigureCatalogue.entries.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { $0 == $0.lowercased() })
    #expect(FigureCatalogue.entries.allSatisfy { $0.summary.count > 10 })
  }

  private func overlap(_ a: Rect, _ b: Rect) -> Bool {
    // Half a point may touch: edges of letters are soft.
    a.x + 0.5 < b.maxX && b.x + 0.5 < a.maxX && a.y + 0.5 < b.maxY && b.y + 0.5 < a.maxY
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
