import Plotting
import TestSupport
import Testing

@testable import Figures

@Suite("Errors by noise level")
struct ErrorFigureTests {
  @Test("The excess is the error less the floor, unless it was measured directly")
  func excess() {
    let direct = ErrorFigure.Model("direct", errors: [0.5, 0.25], excess: [0.1, 0.2])
    let plain = ErrorFigure.Model("plain", errors: [0.5, 0.25])
    let figure = ErrorFigure(levels: [0, 1], models: [direct, plain], floor: [0.25, 0.5])
    #expect(figure.excess(of: direct) == [0.1, 0.2])
    #expect(figure.excess(of: plain) == [0.25, -0.25])
    #expect(ErrorFigure(levels: [0, 1], models: [plain]).excess(of: plain) == nil)
  }

  @Test("There is a lower plot only where an excess is known")
  func panels() {
    let models = Gallery.models
    let frames = { (floor: [Double]?) in
      ErrorFigure(levels: Gallery.levels, models: models, floor: floor).draw(theme: .light).panels.map(
        \.frame)
    }
    #expect(frames(nil).count == 1)
    #expect(frames(Gallery.exactErrors).count == 2)
    #expect(frames(Gallery.exactErrors)[1].y > frames(Gallery.exactErrors)[0].maxY)
    #expect(frames(nil)[0].height > frames(Gallery.exactErrors)[0].height)
  }

  @Test("The floor is an area from the axis up to the exact error")
  func area() {
    let drawing = ErrorFigure(
      levels: [0, 0.5, 1], models: [.init("a", errors: [1, 0.5, 0.5])], floor: [1, 0.5, 0]
    ).draw(theme: .light)
    guard case .shape(let area) = drawing.panels[0].items[0] else {
      Issue.record("nothing lies below the curves")
      return
    }
    let frame = drawing.panels[0].frame.grown(by: -2)
    let corners = area.outlines[0]
    #expect(area.fill != nil && area.closed && corners.count == 5)
    // 1e-9 of a point: rounding of sums.
    #expect(isClose(corners[2].y, frame.maxY, 1e-9) && isClose(corners[3].y, frame.maxY, 1e-9))
    #expect(isClose(frame.maxY - corners[0].y, 2 * (frame.maxY - corners[1].y), 1e-9))
  }

  @Test("An error far above the noise's own variance does not flatten the others")
  func highest() {
    #expect(
      ErrorFigure(levels: [0, 1], models: [.init("x₀", errors: [1e6, 0.1])]).highest == 1.5)
    let low = ErrorFigure(levels: [0, 1], models: [.init("ε", errors: [0.2, 0.1])]).highest
    #expect(low > 0.2 && low < 0.25)
  }

  @Test("The mean excess is written for each model, over the levels that have one")
  func means() {
    let texts = ErrorFigure(
      levels: [0, 1], models: [.init("a", errors: [0.5, .nan]), .init("b", errors: [0.5, 0.5])],
      floor: [0.25, 0.5]
    ).draw(theme: .light).labels.map(\.text)
    #expect(texts.contains("0.250") && texts.contains("0.125"))
  }
}
