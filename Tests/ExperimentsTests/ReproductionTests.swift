import DiffusionLab
import TestSupport
import Testing

@Suite("Reproductions of published figures")
struct ReproductionTests {
  @Test("A finding is met by its rule")
  func rules() {
    #expect(Finding("a", published: 10, ours: 11.9, rule: .atMost(factor: 1.2)).isMet)
    #expect(!Finding("a", published: 10, ours: 12.1, rule: .atMost(factor: 1.2)).isMet)
    #expect(Finding("a", published: -1, ours: -1.4, rule: .within(0.5)).isMet)
    #expect(!Finding("a", published: 1, ours: 0.4, rule: .within(0.5)).isMet)
    #expect(!Finding("a", published: 1, ours: .nan, rule: .within(0.5)).isMet)
  }

  @Test("Every card is found by its name and says how it differs")
  func registry() {
    for card in Reproductions.all {
      #expect(Reproductions.all.named(card.name)?.summary == card.summary)
      #expect(!card.source.isEmpty && !card.setting.isEmpty && !card.differences.isEmpty)
    }
  }

  @Test("The course's Chamfer distances are met")
  func chamfer() throws {
    let report = try reduced("kaist-chamfer")
    #expect(report.findings.count == 2)
    // The full training; 200 steps of DDPM instead of 1000.
    for finding in report.findings { #expect(finding.isMet, "\(finding.quantity): \(finding.ours)") }
  }

  @Test("The bound of a thick roll comes near its ceiling and stays below it")
  func bits() throws {
    let finding = try reduced("swissroll-bits").findings[0]
    let gap = try #require(finding.limit) - finding.ours
    // 0.6 bits after a tenth of the training; above the ceiling no bound can be but by scatter.
    #expect(gap > 0 && gap < 1, "\(finding.ours) bits")
  }

  @Test("The path energies from N(0, I) are met, and optimal transport straightens those from moons")
  func energies() throws {
    for finding in try reduced("ot-cfm-normal").findings {
      #expect(finding.isMet, "\(finding.quantity): \(finding.ours)")
    }
    let moons = try reduced("ot-cfm-moons")
    #expect(moons.findings[0].isMet, "\(moons.findings[0].ours)")
    #expect(moons.findings[1].ours > 10 * moons.findings[0].ours)
    // A card that misses says so.
    #expect(!moons.findings[1].isMet && moons.text.contains("MISSED"))
  }

  private func reduced(_ name: String) throws -> ReproductionReport {
    let card = try #require(Reproductions.all.named(name))
    let report = try ReproductionReport(card, size: .reduced, seed: 0, threads: 0)
    #expect(report.text.contains("published") && report.text.contains(name))
    #expect(try report.json().contains("\"differences\""))
    return report
  }

  @Test("A number that is not finite stands in the JSON as a text")
  func notFinite() throws {
    let finding = Finding("x", published: 1, ours: .infinity, rule: .within(1), limit: .nan)
    let json = try [finding].json()
    #expect(json.hasPrefix("[") && json.hasSuffix("]"))
    #expect(json.contains("\"ours\" : \"inf\"") && json.contains("\"limit\" : \"nan\""), "\(json)")
  }
}
