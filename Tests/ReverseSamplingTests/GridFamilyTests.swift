import DiffusionProcess
import PointClouds
import ReverseSampling
import TestSupport
import Testing

@Suite("Families of levels")
struct GridFamilyTests {
  static let schedule = DiscreteSchedule.cosine(steps: 100)

  @Test("Each has a name of its own, and as many steps as asked, down to the data")
  func registry() {
    #expect(Set(GridFamily.all.map(\.name)).count == GridFamily.all.count)
    for family in GridFamily.all {
      for steps in [1, 2, 7, 50] {
        let grid = family.grid(of: Self.schedule, steps: steps)
        #expect(grid.steps == steps && grid.levels[steps].noise == 0, "\(family.name)")
        let sigmas = grid.levels.map(\.sigma)
        #expect(zip(sigmas, sigmas.dropFirst()).allSatisfy(>), "\(family.name)")
      }
    }
    #expect(GridFamily.all.named("no such family") == nil)
  }

  @Test("The model's own chain has no more steps than T; others have any number")
  func most() throws {
    #expect(GridFamily.chain.problem(steps: 101, of: Self.schedule)?.contains("100") == true)
    for family in GridFamily.all {
      #expect(family.problem(steps: 0, of: Self.schedule) != nil)
      #expect(family.problem(steps: 100, of: Self.schedule) == nil)
      #expect(family.name == "chain" || family.problem(steps: 5000, of: Self.schedule) == nil)
    }
  }

  @Test("A family of a process visits the process's levels at its times")
  func process() throws {
    for family in GridFamily.all {
      let grid = family.grid(of: Self.schedule, steps: 10)
      guard let process = grid.process else { continue }
      for (time, level) in zip(grid.times, grid.levels) {
        #expect(process.level(at: time) == level, "\(family.name)")
      }
    }
    #expect(
      try #require(GridFamily.all.named("lambda")).grid(of: Self.schedule, steps: 5).process?.name == "vp")
    #expect(GridFamily.chain.grid(of: Self.schedule, steps: 5).process == nil)
    #expect(
      GridFamily.chain.grid(of: try #require(.named("flow", steps: 10)), steps: 5).process?.name == "flow")
  }

  @Test("Even in λ means equal ratios of σ")
  func lambda() throws {
    let grid = try #require(GridFamily.all.named("lambda")).grid(of: Self.schedule, steps: 9)
    let lambdas = grid.levels.dropLast().map(\.halfLogSNR)
    let step = (lambdas[8] - lambdas[0]) / 8
    for (a, b) in zip(lambdas, lambdas.dropFirst()) {
      // The time of a λ is found to rounding, which near t = 0 the small noise enlarges.
      #expect(isClose(b - a, step, 1e-9))
    }
  }

  @Test("Even in λ runs from the VP SDE's end to σ = 0.01, and then to the data")
  func ends() throws {
    for steps in [2, 9, 30] {
      let levels = try #require(GridFamily.all.named("lambda")).grid(of: Self.schedule, steps: steps).levels
      #expect(levels[0] == VariancePreserving().level(at: 1))
      // The small noise enlarges the rounding of its time.
      #expect(isClose(levels[steps - 1].sigma, 0.01, 1e-9))
      #expect(levels[steps].noise == 0)
    }
  }
}
