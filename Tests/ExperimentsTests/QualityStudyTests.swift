import DiffusionLab
import Testing

@Suite("The quality of a recipe")
struct QualityStudyTests {
  static func recipe(steps: Int) -> TrainingRecipe {
    var recipe = TrainingRecipe()
    recipe.steps = steps
    recipe.warmup = 10
    recipe.batch = 64
    recipe.width = 32
    recipe.blocks = 2
    return recipe
  }

  static let judgement: QualityStudy.Judgement = {
    var judgement = QualityStudy.Judgement()
    judgement.count = 500
    judgement.clouds = 3
    judgement.judged = 1
    judgement.steps = 10
    return judgement
  }()

  @Test("More training brings samples nearer to the floor, on every set that is asked for")
  func training() throws {
    let sources = try ["moons", "ring8"].map { try DataSource.load($0) }
    var seen: [String: Int] = [:]
    let short = try QualityStudy(sources, recipe: Self.recipe(steps: 10), judgement: Self.judgement)
    let long = try QualityStudy(sources, recipe: Self.recipe(steps: 600), judgement: Self.judgement) {
      seen[$0] = $1
    }
    #expect(seen == ["moons": 600, "ring8": 600])
    #expect(long.rows.map(\.dataset) == ["moons", "ring8"])
    for (few, many) in zip(short.rows, long.rows) {
      #expect(many.ratio < 0.8 * few.ratio && many.accuracy < few.accuracy, "\(few) \(many)")
      #expect(many.ratio == many.slicedW2 / many.floor)
      // The floor is of true points alone.
      #expect(many.floor == few.floor)
      #expect(!few.isGood)
    }
    #expect(long.meanRatio.value == (long.rows[0].ratio + long.rows[1].ratio) / 2)
    #expect(long.table.rows.count == 2 && long.table.rows[0][0] == "moons")
    #expect(try long.json().contains("\"floor\""))
  }

  @Test("The same study twice, with one thread and with two, but for the seconds")
  func threads() throws {
    let source = try DataSource.load("pinwheel")
    func study(_ threads: Int) throws -> QualityStudy.Row {
      var (recipe, judgement) = (Self.recipe(steps: 50), Self.judgement)
      recipe.threads = threads
      judgement.threads = threads
      return try QualityStudy([source], recipe: recipe, judgement: judgement).rows[0]
    }
    let (one, two) = (try study(1), try study(2))
    #expect(one.slicedW2 == two.slicedW2 && one.floor == two.floor && one.accuracy == two.accuracy)
  }

  @Test("A sampler that does not go with the model is an error, not a crash")
  func wrongSampler() throws {
    var judgement = Self.judgement
    judgement.sampler = ReflectedFlow.kind
    let source = try DataSource.load("moons")
    #expect(throws: SamplingProblem.self) {
      try QualityStudy([source], recipe: Self.recipe(steps: 1), judgement: judgement)
    }
  }

  @Test("Every variant of the ablation can be trained, and differs from the recipe but for the first")
  func variants() {
    let recipe = TrainingRecipe()
    for (i, variant) in RecipeAblation.variants.enumerated() {
      let changed = variant.recipe(from: recipe)
      #expect(changed.problem == nil, "\(variant.name)")
      #expect((changed == recipe) == (i == 0), "\(variant.name)")
    }
    #expect(Set(RecipeAblation.variants.map(\.name)).count == RecipeAblation.variants.count)
  }

  @Test("An ablation has a row a variant, in the table and in the figure")
  func ablation() throws {
    let source = try DataSource.load("moons")
    var steps = 0
    let ablation = try RecipeAblation(
      [source], recipe: Self.recipe(steps: 20), variants: Array(RecipeAblation.variants.prefix(2)),
      judgement: Self.judgement
    ) { steps = $0 }
    #expect(steps == 40)
    #expect(ablation.table.rows.map { $0[0] } == RecipeAblation.variants.prefix(2).map(\.name))
    let figure = ablation.figure(title: "t")
    #expect(figure.rows.map(\.ratio.value) == ablation.rows.map(\.study.meanRatio.value))
    #expect(figure.limits.ratio == QualityStudy.largestRatio)
  }

  @Test("Files are compared with the law that their rows were drawn from, seed by seed")
  func files() throws {
    var recipe = TrainingRecipe()
    recipe.steps = 40
    (recipe.width, recipe.blocks, recipe.batch, recipe.warmup) = (16, 1, 32, 10)
    var judgement = QualityStudy.Judgement()
    (judgement.steps, judgement.count, judgement.clouds, judgement.judged) = (3, 200, 2, 1)
    var done: [Int] = []
    let study = try FileStudy(
      [DataSource(Moons())], files: 2, recipe: recipe, judgement: judgement
    ) { done.append($0) }
    let row = study.rows[0]
    #expect(done.last == 160 && row.files.count == 2 && row.distribution.count == 2)
    // So little training leaves both equally far from the data.
    #expect(zip(row.files, row.distribution).allSatisfy { $0 > 1 && abs($0 / $1 - 1) < 0.5 && $0 != $1 })
    let difference = (row.files.reduce(0, +) - row.distribution.reduce(0, +)) / 2
    #expect(abs(row.difference - difference) < 1e-12 && row.interval > 0)
    #expect(study.table.rows[0][0] == "moons")
  }

  @Test("A file's model is judged by held-out rows, and the remark says how many")
  func ownFile() throws {
    var recipe = TrainingRecipe()
    recipe.steps = 20
    (recipe.width, recipe.blocks, recipe.batch, recipe.warmup) = (16, 1, 32, 10)
    var judgement = QualityStudy.Judgement()
    (judgement.steps, judgement.clouds, judgement.judged) = (3, 3, 1)
    let cloud = Moons().sample(count: 1000, noise: NoiseSource(seed: 1, purpose: .data))
    let row = try QualityStudy([DataSource(cloud, name: "own")], recipe: recipe, judgement: judgement).rows[0]
    #expect(row.count == 50 && row.remark?.contains("50 at a time of the 100 held-out rows") == true)
    #expect(row.floor > 0 && row.ratioInterval > 0)
  }
}
