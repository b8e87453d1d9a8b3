import DiffusionProcess
import Plotting
import TestSupport
import Testing

@testable import Figures

@Suite("Schedules side by side")
struct ScheduleFigureTests {
  @Test("A chain's curves have a point at each of its steps, and only there")
  func ownSteps() {
    let drawing = ScheduleFigure([DiscreteSchedule.linear(steps: 10)]).draw(theme: .light)
    guard case .shape(let curve) = drawing.panels[0].items[0] else {
      Issue.record("the first panel has no curve")
      return
    }
    #expect(curve.outlines[0].count == 11)
  }

  @Test("The variance that a step adds is the chain's β")
  func betas() {
    let chain = DiscreteSchedule.cosine(steps: 40)
    let added = ScheduleFigure.Schedule(chain, steps: 40, reverseSteps: 25).added
    #expect(added.count == 40)
    for (t, point) in zip(1..., added) {
      #expect(point.x == Double(t) / 40)
      // The levels' square roots lose some digits.
      #expect(isClose(point.y, chain.betas[t], 1e-12))
    }
  }

  @Test("A straight path adds (t² − s²(1 − t)²/(1 − s)²) from s to t, and at its end all of the noise")
  func straight() {
    let added = ScheduleFigure.Schedule(StraightPath(), steps: 4, reverseSteps: 25).added.map(\.y)
    // From 1/4 to 1/2: 1/4 − 1/16 · (1/2)²/(3/4)² = 1/4 − 1/36; rounding only.
    #expect(isClose(added[1], 2.0 / 9, 1e-15))
    #expect(added[3] == 1)
  }

  @Test("The steps are those of a chain at equal distances of time, noise without signal included")
  func visited() {
    #expect(
      ScheduleFigure.Schedule(StraightPath(), steps: 1000, reverseSteps: 4).visited
        == [1.0 / 3, 1, 3, .infinity])
    #expect(
      ScheduleFigure.Schedule(DiscreteSchedule.linear(steps: 3), steps: 3, reverseSteps: 25).visited.count
        == 3)
  }

  @Test("The axis of σ holds every ordinary step, and what has no place on it leaves an arrowhead")
  func range() {
    let figure = ScheduleFigure([StraightPath(), ExplodingPath()])
    #expect(figure.sigmas.contains(50) && figure.sigmas.contains(1.0 / 24) && figure.sigmas.upperBound < 100)
    let fills = { (schedule: any NoiseSchedule) in
      ScheduleFigure([schedule]).draw(theme: .light).panels[3].items.filter {
        if case .shape(let shape) = $0 { shape.fill != nil } else { false }
      }.count
    }
    #expect(fills(StraightPath()) == 1)
    #expect(fills(ExplodingPath()) == 0)
  }

  @Test("A schedule that hides an earlier one is dashed")
  func dashes() {
    // At 1000 steps the two linear ones are the same, at 50 they are far apart.
    let both = { steps in
      ScheduleFigure([DiscreteSchedule.linear(steps: steps), DiscreteSchedule.linearUnscaled(steps: steps)])
    }
    #expect(both(1000).dash(of: 0).isEmpty && !both(1000).dash(of: 1).isEmpty)
    #expect(both(50).dash(of: 1).isEmpty)
  }
}
