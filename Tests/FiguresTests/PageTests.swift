import Plotting
import Testing

@testable import Figures

@Suite("Pages of any size")
struct PageTests {
  static let pages = [
    Page(.light, size: Page.Size(1280, 720)), Page(.light, size: Page.Size(640, 640)),
    Page(.light, size: Page.Size(360, 800)), Page(.light, size: Page.Size(1600, 400)),
    Page(.light, size: Page.Size(60, 40)), Page(.light, size: Page.Size(3000, 200)),
    Page(.light, size: Page.Size(2000, 2000)),
    Page(.light, textSize: 27), Page(.light, textSize: 12),
    Page(.light, size: Page.Size(1280, 720), textSize: 36),
  ]

  @Test("Text and panels stay on the page and apart from each other, whatever its size", arguments: pages)
  func everythingHasRoom(page: Page) {
    for (name, figure) in Gallery.figures() {
      let drawing = figure.draw(on: page)
      for problem in drawing.layoutProblems { Issue.record("\(name): \(problem)") }
      if let size = page.size {
        // 1e-9 of a point: the layout is divided and multiplied by one factor.
        #expect(abs(drawing.width - size.width) < 1e-9 && abs(drawing.height - size.height) < 1e-9)
      }
    }
  }

  @Test("Twice the page with text twice as large is the same figure enlarged")
  func enlarged() {
    for name in ["loss", "schedule", "bound", "errors", "quality"] {
      let page = Page(.dark, size: Page.Size(1920, 1080), textSize: 36)
      let figure = Gallery.figures().first { $0.name == name }?.figure
      // Twice any number is exact.
      #expect(figure?.draw(on: page) == figure?.draw(theme: .dark).scaled(by: 2), "\(name)")
    }
  }

  @Test("Text is as large as asked for, but in figures that would have no room for it")
  func textSize() {
    let crowded = Gallery.kinds.filter { name in
      let labels = Gallery.figures().first { $0.name == name }?.figure.draw(on: Page(.light, textSize: 27))
        .labels
      return labels?.contains { $0.size < 27 } == true
    }
    #expect(crowded == ["bound", "quality"])
  }

  @Test(
    "On a page of its own size a grid has as many panels a row as fill them evenly, on another the largest")
  func grids() {
    func rows(_ page: Page) -> [Int] {
      let drawing = ComparisonFigure((0..<8).map { CloudPanel("\($0)", Gallery.cloud) }).draw(on: page)
      return Dictionary(grouping: drawing.panels, by: \.frame.y).sorted { $0.key < $1.key }.map(\.value.count)
    }
    #expect(rows(Page(.light)) == [4, 4])
    #expect(rows(Page(.light, size: Page.Size(500, 900))) == [2, 2, 2, 2])
    #expect(rows(Page(.light, size: Page.Size(1600, 300))) == [8])
  }
}
