import DiffusionProcess
import Plotting
import PointClouds
import ReverseSampling
import TestSupport
import Testing

@testable import Figures

@Suite("Strips, comparisons and animations")
struct SeriesTests {
  /// Where each panel shows the same three points, relative to its frame.
  private func offsets(_ drawing: Drawing) -> [[SIMD2<Double>]] {
    drawing.panels.map { panel in
      let corner = SIMD2(panel.frame.x, panel.frame.y)
      return panel.items.flatMap { item -> [SIMD2<Double>] in
        if case .points(let layer) = item { layer.centers.map { $0 - corner } } else { [] }
      }
    }
  }

  @Test("All panels of a series share one window: the same point lies at the same place in each")
  func sameLimits() {
    let probe = PointCloud([SIMD2(0, 0), SIMD2(1, 0), SIMD2(0, 1)])
    let limits = Limits(center: SIMD2(0.2, 0.1), halfSide: 2)
    var forward = ForwardStrip(
      Gallery.cloud, schedule: DiscreteSchedule.linear(steps: 10),
      noise: NoiseSource(seed: 1, purpose: .forward), limits: limits)
    for i in forward.panels.indices { forward.panels[i].cloud = probe }
    var reverse = ReverseStrip(Gallery.chain(steps: 8), limits: limits)
    for i in reverse.panels.indices { reverse.panels[i].cloud = probe }
    let pair = ComparisonFigure([CloudPanel("a", probe), CloudPanel("b", probe)], limits: limits)
    for figure in [forward, reverse, pair] as [any Figure] {
      let places = offsets(figure.draw(theme: .light))
      #expect(places.count >= 2 && places.allSatisfy { $0.count == 3 })
      for place in places {
        // 1e-9 of a point: rounding of sums.
        #expect(zip(place, places[0]).allSatisfy { isClose($0, $1, 1e-9) })
        // Equal aspect: one unit to the right is as long as one unit up.
        #expect(isClose(place[1].x - place[0].x, place[0].y - place[2].y, 1e-9))
      }
    }
  }

  @Test("A forward strip begins with the data and keeps each point's noise")
  func forwardNoise() {
    let data = PointCloud([SIMD2(1, 2)])
    let schedule = DiscreteSchedule.linear(steps: 10)
    let strip = ForwardStrip(
      data, schedule: schedule, times: [0, 0.5, 1], noise: NoiseSource(recorded: [[SIMD2(3, -1)]]))
    #expect(strip.panels.map(\.title) == ["t = 0", "t = 0.5", "t = 1"])
    #expect(strip.panels[0].cloud == data)
    #expect(strip.panels[0].note == "ᾱ = 1")
    let level = schedule.level(at: 0.5)
    #expect(strip.panels[1].cloud[0] == level.signal * SIMD2(1, 2) + level.noise * SIMD2(3, -1))
  }

  @Test("A reverse strip shows the recorded clouds nearest to the times asked for, each once")
  func reverseTimes() {
    let limits = Limits(center: .zero, halfSide: 1)
    let strip = ReverseStrip(Gallery.chain(steps: 8), times: [1, 0.75, 0.5, 0.25, 0], limits: limits)
    #expect(strip.panels.map(\.title) == ["t = 1", "t = 0.75", "t = 0.5", "t = 0.25", "t = 0"])
    #expect(
      ReverseStrip(
        Gallery.chain(steps: 2), times: [1, 0.8, 0.6, 0.5, 0.4, 0.2, 0], limits: limits
      ).panels.count == 3)
  }

  @Test("Letters tell the panels of a comparison apart; a single one has none")
  func letters() {
    let cloud = Gallery.cloud
    let pair = ComparisonFigure([CloudPanel("Data", cloud), CloudPanel("Samples", cloud)]).draw(theme: .light)
    #expect(pair.labels.map(\.text) == ["(a) Data", "(b) Samples"])
    #expect(ComparisonFigure([CloudPanel("Data", cloud)]).draw(theme: .light).labels.map(\.text) == ["Data"])
  }

  @Test("A comparison can be set in rows: answers above the right ones")
  func rows() {
    let panels = (0..<6).map { CloudPanel("\($0)", Gallery.cloud) }
    let frames = ComparisonFigure(panels, columns: 3).draw(theme: .light).panels.map(\.frame)
    #expect(frames[0].y == frames[2].y && frames[3].y > frames[0].maxY)
    #expect(frames[0].x == frames[3].x)
    #expect(ComparisonFigure(panels).draw(theme: .light).panels.allSatisfy { $0.frame.y < 200 })
  }

  @Test("An animation with fewer, as many and more frames than clouds keeps both ends and never goes back")
  func recordedClouds() {
    for frames in [1, 2, 5, 9, 30] {
      let animation = ReverseAnimation(
        Gallery.chain(steps: 8), frames: frames, limits: Limits(center: .zero, halfSide: 1))
      let shown = (0..<frames).map(animation.recorded)
      #expect(shown[frames - 1] == 8)
      #expect(frames == 1 || shown[0] == 0)
      #expect(zip(shown, shown.dropFirst()).allSatisfy(<=))
    }
  }

  @Test("All frames have one window, and the clock's bar grows from nothing to its full length")
  func frames() {
    let limits = Limits(center: .zero, halfSide: 3)
    let animation = ReverseAnimation(Gallery.chain(steps: 4), frames: 5, points: 7, limits: limits)
      .draw(theme: .dark)
    #expect(animation.frames.count == 5)
    #expect(Set(animation.frames.map { $0.panels[0].frame }).count == 1)
    #expect(animation.frames.allSatisfy { $0.clouds[0].centers.count <= 7 })
    #expect(
      animation.frames.map { $0.labels[1].text }
        == ["1.00", "0.50", "0.25", "0.00", "0.00"].map { "t = " + $0 })
    let bars = animation.frames.map { frame in
      frame.items.compactMap { item -> Double? in
        guard case .shape(let shape) = item, shape.fill == Theme.dark.cloud else { return nil }
        return shape.outlines[0][1].x - shape.outlines[0][0].x
      }
    }
    #expect(bars[0].isEmpty)
    #expect(isClose(bars[4][0], 2 * bars[1][0], 1e-9))
  }
}
