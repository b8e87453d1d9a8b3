import DiffusionLab
import Testing

@Suite("Reports as figures")
struct ReportFiguresTests {
  static func exactModel() throws -> Diffusion {
    ExactModel(
      try #require(Toys.all.named("aniso3")?.mixture), name: "aniso3",
      schedule: .cosine(steps: 50)
    ).base
  }

  @Test("A bound is drawn term by term, and its terms add up")
  func bound() throws {
    let report = try BoundReport(
      Self.exactModel(), steps: 5, source: try DataSource.load("aniso3"), count: 500, seed: 1)
    let series = BoundFigure.Series("exact", report)
    // Sums of seven terms in two orders.
    #expect(abs(series.total - report.nats) < 1e-12)
    #expect(series.steps == [20, 30, 40, 50])
  }

  @Test("Every exact bound is above the entropy, and the optimal covariance has the lowest")
  func exactBounds() throws {
    let model = try Self.exactModel()
    let figure = BoundFigure(exact: model, steps: 5)
    #expect(figure.series.map(\.name) == ReverseVariance.exactlyBounded.map(\.rawValue))
    let entropy = try #require(model.entropy)
    let best = try #require(figure.series.first { $0.isExact })
    for series in figure.series {
      #expect(series.total > entropy && series.total >= best.total, "\(series.name)")
    }
  }

  @Test("Errors are drawn at the times of their steps, over the floor that the report has")
  func errors() throws {
    let report = try NoiseReport(
      Self.exactModel(), source: try DataSource.load("aniso3"), count: 200, levels: 5, seed: 1)
    let figure = ErrorFigure([(name: "exact", report: report)], chain: 50)
    #expect(figure.levels == report.levels.map { Double($0.step ?? 0) / 50 })
    #expect(figure.floor == report.levels.compactMap(\.floor))
    #expect(figure.models[0].errors == report.levels.map(\.mse))
  }
}
