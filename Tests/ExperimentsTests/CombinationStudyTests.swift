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
    for loss in TrainingLoss.all where loss.corruption == .gaussian {
      let variances =
        switch loss.needs.variance {
        case .fixed: 2  // β and β̃
        case .learned: 3  // interpolated, diagonal and full
        case .any: 5
        case .moments: 1
        }
      let predictions = loss.needs.prediction == nil ? 6 : 1
      #expect(all.count { $0.loss == loss } == variances * predictions, "\(loss.name)")
    }
    #expect(all.allSatisfy { $0.loss.corruption == .gaussian })
  }

  @Test("is the same every time, and its table has a row a loss and prediction")
  func table() throws {
    let source = try DataSource.load("moons")
    let combinations = CombinationStudy.combinations(recipe).count
    var calls = 0
    let study = try CombinationStudy(source, recipe: recipe, samples: 40) { done, total in
      calls += 1
      #expect(done == calls && total == combinations)
    }
    #expect(study.rows.count == combinations && calls == combinations)
    #expect(study.table.rows.count == 56)
    #expect(study.table.rows.contains { $0.contains("1.00") })
    #expect(study.table.markdown.hasPrefix("| loss | prediction | transition |"))
    #expect(try CombinationStudy(source, recipe: recipe, samples: 40) == study)
  }
}
