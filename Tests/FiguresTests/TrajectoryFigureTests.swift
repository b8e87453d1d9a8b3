import DiffusionProcess
import Plotting
import PointClouds
import ReverseSampling
import Testing

@testable import Figures

@Suite("Trajectories")
struct TrajectoryFigureTests {
  @Test("Paths that stay in the window come first, and others only fill up")
  func choice() {
    var chain = Trajectory(
      start: PointCloud([SIMD2(9, 0), SIMD2(0.5, 0), SIMD2(0, 0.5)]),
      level: DiscreteSchedule.linear(steps: 2).level(at: 1),
      time: 1)
    chain.append(PointCloud(zeros: 3), level: .clean, time: 0)
    let limits = Limits(center: .zero, halfSide: 1)
    let two = TrajectoryFigure(chain, data: PointCloud([]), paths: 2, limits: limits).chosenPaths()
    #expect(two.map { $0[0] } == [SIMD2(0.5, 0), SIMD2(0, 0.5)])
    let all = TrajectoryFigure(chain, data: PointCloud([]), paths: 9, limits: limits).chosenPaths()
    #expect(all.map { $0[0] } == [SIMD2(0.5, 0), SIMD2(0, 0.5), SIMD2(9, 0)])
  }

  @Test("A chain that ran off leaves no paths, and the figure is drawn all the same")
  func runaway() {
    var chain = Trajectory(
      start: PointCloud(zeros: 3), level: DiscreteSchedule.linear(steps: 2).level(at: 1), time: 1)
    chain.append(PointCloud([SIMD2(.nan, 0), SIMD2(1e300, 0), SIMD2(0, -.infinity)]), level: .clean, time: 0)
    let figure = TrajectoryFigure(chain, data: Gallery.cloud)
    #expect(figure.chosenPaths().isEmpty)
    #expect(!figure.draw(theme: .light).labels.isEmpty)
  }

  @Test("Jagged paths are fewer, but never less than five")
  func jagged() {
    var chain = Trajectory(
      start: PointCloud(zeros: 40), level: DiscreteSchedule.linear(steps: 400).level(at: 1), time: 1)
    for k in 1...400 {
      let side = k % 2 == 0 ? 0.9 : -0.9
      chain.append(
        PointCloud([SIMD2](repeating: SIMD2(side, 0), count: 40)), level: .clean, time: 1 - Double(k) / 400)
    }
    let limits = Limits(center: .zero, halfSide: 1)
    #expect(TrajectoryFigure(chain, data: PointCloud([]), limits: limits).chosenPaths().count == 5)
  }

  @Test("Colours go from the noise's end of the ramp to the data's")
  func colors() throws {
    let figure = TrajectoryFigure(Gallery.chain(steps: 64), data: Gallery.cloud)
    let lines = figure.draw(theme: .light).flattened.compactMap { item -> LineLayer? in
      if case .lines(let layer) = item { layer } else { nil }
    }
    let runs = try #require(lines.first).runs
    #expect(runs[0].color == Theme.light.time.color(1))
    #expect(runs[runs.count - 1].color == Theme.light.time.color(0))
    #expect(runs[0].first == 0 && runs[runs.count - 1].last == 64)
    #expect(zip(runs, runs.dropFirst()).allSatisfy { $0.last == $1.first })
  }
}
