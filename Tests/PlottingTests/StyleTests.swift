import Plotting
import PointClouds
import TestSupport
import Testing

/// The relative luminance of WCAG 2, from which its contrast follows.
private func luminance(_ color: Color) -> Double {
  func linear(_ byte: UInt8) -> Double {
    let c = Double(byte) / 255
    // x^2.4 by square roots, close enough to rank colours: x^2.4 ≈ x² · x^0.375, within 2 %.
    let base = (c + 0.055) / 1.055
    let eighth = base.squareRoot().squareRoot().squareRoot()
    return c <= 0.04 ? c / 12.92 : base * base * eighth * eighth * eighth
  }
  return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
}

private func contrast(_ a: Color, _ b: Color) -> Double {
  let (high, low) = (max(luminance(a), luminance(b)), min(luminance(a), luminance(b)))
  return (high + 0.05) / (low + 0.05)
}

@Suite("Style")
struct StyleTests {
  @Test("Text stands out against its paper and against every density", arguments: Theme.all)
  func textContrast(theme: Theme) {
    #expect(contrast(theme.ink, theme.paper) > 12)
    #expect(contrast(theme.muted, theme.paper) > 7)  // WCAG AAA
    for density in theme.density.colors(9) { #expect(contrast(theme.ink, density) > 4.5) }  // WCAG AA
  }

  @Test("Categories stand out against the paper and differ from each other", arguments: Theme.all)
  func categories(theme: Theme) {
    #expect(Set(theme.categories).count == 8)
    for color in theme.categories { #expect(contrast(color, theme.paper) > 1.6) }
  }

  @Test("A ramp runs through its knots in one direction of lightness")
  func ramps() {
    let ramp = Ramp.viridis
    #expect(ramp.color(0) == ramp.knots[0])
    #expect(ramp.color(1) == ramp.knots[8])
    #expect(ramp.color(0.5) == ramp.knots[4])
    let lightness = ramp.colors(65).map(luminance)
    #expect(zip(lightness, lightness.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test("A ramp's ends stand in for what lies beyond them and for what is no number")
  func clamping() {
    #expect(Ramp.viridis.color(-3) == Ramp.viridis.color(0))
    #expect(Ramp.viridis.color(7) == Ramp.viridis.color(1))
    #expect(Ramp.viridis.color(.nan) == Ramp.viridis.color(0))
  }

  @Test("Themes are found by name, and the transparent ones only lack the page")
  func themes() throws {
    let transparent = try #require(Theme.all.named("dark-transparent"))
    #expect(transparent.background == nil)
    #expect(transparent.ink == Theme.dark.ink)
    #expect(Theme.all.named("sepia") == nil)
  }

  @Test("The width of a line is the sum of its letters'; marks on letters take no room")
  func widths() {
    #expect(isClose(TextMetrics.width(of: "10", size: 1000), 636 + 636, 1e-9))
    #expect(isClose(TextMetrics.width(of: "x\u{302}", size: 1000), 592, 1e-9))
  }

  @Test("A line that is too long is cut to fit and ends in dots")
  func fitted() {
    let text = TextMetrics.fitted("a rather long title", size: 24, width: 120)
    #expect(text.hasSuffix("…"))
    #expect(TextMetrics.width(of: text, size: 24) <= 120)
    #expect(TextMetrics.fitted("short", size: 24, width: 120) == "short")
  }

  @Test("Colours are written as the web writes them")
  func colorText() {
    #expect(Color(0x0072B2).description == "#0072b2")
    #expect(Color(0xFFFFFF).opacity(0.25).description == "#ffffff/0.25")
  }
}
