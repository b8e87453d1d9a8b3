import DiffusionLab
import Testing

@Suite("The figures of one model")
struct LabFiguresTests {
  @Test("The forward process is drawn with the noise of its own purpose and of the seed")
  func forward() throws {
    let source = try DataSource.load("ring8")
    let model = ExactModel(
      try #require(source.mixture), name: "ring8", schedule: .cosine(steps: 50))
    let data = try source.sample(count: 30, seed: 1)
    let standard = model.scene.units.apply(data)
    func strip(_ purpose: NoiseSource.Purpose, seed: UInt64) -> ForwardStrip {
      ForwardStrip(
        standard, schedule: model.base.schedule, noise: NoiseSource(seed: seed, purpose: purpose),
        limits: Limits(of: standard))
    }
    let drawn = LabFigures(model, data: data, seed: 3).forward(model.base.schedule).draw(theme: .light)
    #expect(drawn == strip(.forward, seed: 3).draw(theme: .light))
    #expect(drawn != strip(.sampling, seed: 3).draw(theme: .light))
    #expect(drawn != strip(.forward, seed: 4).draw(theme: .light))
  }
}
