import DiffusionLab
import Testing

@Suite("The study of combinations")
struct CombinationStudyTests {
  private var recipe: TrainingRecipe {
    var recipe = TrainingRecipe()
    recipe.steps = 5
    recipe.batch = 32
    recipe.width = 8
    recipe.blocks = 1
    recipe.warmup = 1
    recipe.schedule = .cosine(steps: 4)
    return recipe
  }

  @Test("leaves out what makes no sense, and nothing else")
  func combinations() throws {
    let all = CombinationStudy.combinations(recipe)
    func count(_ loss: TrainingLoss) -> Int { all.count { $0.loss == loss } }
    for name in ["simple", "dsm", "likelihood", "min-snr", "p2", "edm"] {
      #expect(count(try #require(TrainingLoss.named(name))) == 12)
    }
    #expect(count(.vlb) == 30 && count(.hybrid) == 18 && count(.cfm) == 2)
    // Coupled pairs have no reverse Gaussians, so no variance to choose.
    #expect(count(.cfmOT) == 2)
    // Moments go with their own loss alone.
    #expect(count(.gms) == 6)
    #expect(all.count == 130)
  }

  @Test("is the same every time, and its table has a row a loss and prediction")
  func table() throws {
    let source = try DataSource.load("moons")
    var calls = 0
    let study = try CombinationStudy(source, recipe: recipe, samples: 40) { done, total in
      calls += 1
      #expect(done == calls && total == 130)
    }
    #expect(study.rows.count == 130 && calls == 130)
    #expect(study.table.rows.count == 56)
    #expect(study.table.rows.contains { $0.contains("1.00") })
    #expect(study.table.markdown.hasPrefix("| loss | prediction | transition |"))
    #expect(try CombinationStudy(source, recipe: recipe, samples: 40) == study)
  }
}
