import DiffusionLab
import Testing

@Suite("Samples of a file's data")
struct FileScoreTests {
  private static func moons(_ seed: UInt64, _ count: Int = 3000) -> PointCloud {
    Moons().sample(count: count, noise: NoiseSource(seed: seed, purpose: .data))
  }

  @Test("of the true law score 1 within the interval at any count, however many of the rows are asked for")
  func anyCount() throws {
    var covered = 0
    var all = 0
    for seed in 0..<6 {
      let source = DataSource(Self.moons(UInt64(2 * seed)), name: "own")
      let samples = Self.moons(UInt64(2 * seed + 1))
      for count in [500, 1000, 1500, 2999, 3000] {
        let card = try ScoreCard(
          samples.prefix(count), against: source, seed: 0, metrics: [.slicedWasserstein])
        let row = card.rows[0]
        #expect(card.count == min(count, 1500), "no more than half of the rows")
        #expect(row.floor > 0.01 && row.ratio.isFinite, "never a distance of points from themselves")
        #expect(card.remark?.contains("of the 3000 rows") == true)
        covered += abs(row.ratio - 1) <= row.ratioInterval ? 1 : 0
        all += 1
      }
    }
    // 95 % of independent cases; the five counts of a file depend on each other, so a sixth may miss.
    #expect(covered >= all * 5 / 6, "\(covered) of \(all)")
  }

  @Test("of another law do not")
  func wrongLaw() throws {
    let source = DataSource(Self.moons(1), name: "own")
    for count in [500, 1500, 3000] {
      let shifted = Self.moons(2).map { $0 + SIMD2(0.3, 0) }.prefix(count)
      let row = try ScoreCard(shifted, against: source, seed: 0, metrics: [.slicedWasserstein]).rows[0]
      #expect(row.ratio - 1 > row.ratioInterval, "\(row.ratio) ± \(row.ratioInterval)")
    }
  }

  @Test("that are the training rows are found to be copies")
  func copies() throws {
    let source = DataSource(Self.moons(1), name: "own")
    let rows = try source.trainingPoints(seed: 0)
    let copying = try #require(
      ScoreCard(rows, against: source, testsCopying: true, seed: 0, metrics: [.slicedWasserstein]).copying)
    #expect(copying.nearer > 0.99 && copying.close == 1 && copying.pValue < 1e-6)
    #expect(copying.heldOutCount == 300 && copying.trainingCount == 2700)
    let honest = try #require(
      ScoreCard(Self.moons(2), against: source, testsCopying: true, seed: 0, metrics: []).copying)
    #expect(abs(honest.nearer - 0.5) < 1.5 * honest.interval)
  }

  @Test("are measured in standard units where the coordinates differ much, so that none is overlooked")
  func scales() throws {
    let wide = NoiseSource(seed: 1, purpose: .data).normalCloud(count: 2000).map { $0 * SIMD2(1e6, 1) }
    let source = DataSource(wide, name: "own")
    let wrong = NoiseSource(seed: 2, purpose: .data).normalCloud(count: 500).map { $0 * SIMD2(1e6, 3) }
    let card = try ScoreCard(wrong, against: source, seed: 0, metrics: [.slicedWasserstein])
    #expect(card.rows[0].ratio > 4, "\(card.rows[0].ratio)")
    #expect(card.remark?.contains("standard units") == true)
  }

  @Test("Training says beforehand what few, repeated, narrow and uneven points come to")
  func advice() throws {
    func advice(_ cloud: PointCloud) throws -> (notes: String, warnings: String) {
      let source = DataSource(cloud, name: "own")
      let advice = TrainingAdvice(try source.trainingPoints(seed: 0), of: source)
      return (advice.notes.joined(separator: "|"), advice.warnings.joined(separator: "|"))
    }
    let plain = try advice(Self.moons(1))
    #expect(
      plain.notes == "training on 2700 of the 3000 rows of own, once each; 300 are held out for evaluation")
    #expect(plain.warnings.isEmpty)
    let few = try advice(PointCloud([SIMD2(0, 0), SIMD2(1, 1)]))
    #expect(few.notes.contains("2 of the 2 rows") && few.notes.contains("none is held out"))
    #expect(few.warnings.contains("2 different points") && few.warnings.contains("memorize"))
    let twice = try advice(PointCloud(Self.moons(1).points + Self.moons(1).points))
    #expect(twice.warnings.contains("points repeat another one"))
    let line = try advice(Self.moons(1).map { SIMD2($0.x, $0.x + 1e-4 * $0.y) })
    #expect(line.warnings.contains("near a line"))
    let uneven = try advice(Self.moons(1).map { $0 * SIMD2(1e6, 1) })
    #expect(uneven.notes.contains("each is divided by its own") && uneven.warnings.isEmpty)
  }

  @Test("Held-out points are those that a report measures: rows that lie elsewhere show it")
  func heldOut() throws {
    var rows = Self.moons(1, 200).points
    let held = HeldOutRows.standard.positions(among: 200)
    for i in held { rows[i] = SIMD2(3, 3) + 0.01 * rows[i] }
    let source = DataSource(PointCloud(rows), name: "own")
    var recipe = TrainingRecipe()
    recipe.steps = 20
    (recipe.width, recipe.blocks, recipe.batch, recipe.warmup) = (16, 1, 32, 10)
    let trainer = try Trainer(
      points: source.trainingPoints(seed: 0), dataset: "own", origin: source.origin, recipe: recipe)
    try trainer.run(steps: 20)
    let drawn = TrainedDiffusion(trainer.model)
    let model = drawn.base
    let expected = NoisePredictionError(
      of: model.denoiser, heldOut: model.standardization.apply(PointCloud(held.map { rows[$0] })),
      schedule: model.schedule, noise: NoiseSource(seed: 0, purpose: .heldOut))
    let samples = PointCloud(rows.shuffled(by: 3))
    let report = try LabReport(
      model: trainer.model, drawnFrom: drawn, samples: samples, plan: try drawn.plan(), source: source)
    #expect(report.heldOutNoiseError == expected.mse)
    let noise = try NoiseReport(model, source: source, count: 4000, levels: 50, seed: 0)
    #expect(noise.overall.mse == expected.mse && noise.points == 20)
    let bound = try BoundReport(model, steps: 5, source: source, count: 4000, seed: 0)
    #expect(bound.points == 20)
    // The references of the score are the rows far away, the floor's stand-ins are not.
    #expect(report.scores.rows[0].floor > 1)
    let copies = try #require(try CopyingCheck(of: samples, by: trainer.model, source: source))
    #expect(copies.test.heldOutCount == 20 && copies.test.trainingCount == 180)
  }

  @Test("A name cannot break a table of Markdown")
  func markdown() {
    var table = TextTable(["data", "ratio"])
    table.add(["a|b\n<script>`x`", "1"])
    #expect(table.markdown.split(separator: "\n").count == 3)
    #expect(table.markdown.hasSuffix("| a\\|b \\<script>\\`x\\` | 1 |"))
  }
}

extension Array {
  /// The elements in another order.
  fileprivate func shuffled(by stride: Int) -> [Element] { indices.map { self[($0 * stride) % count] } }
}
