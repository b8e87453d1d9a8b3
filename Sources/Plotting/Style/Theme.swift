import PointClouds

/// The colours of a figure. Categories are from Okabe and Ito 2008, chosen to differ for every kind of colour
/// vision.
public struct Theme: Named, Hashable {
  /// The name by which ``all`` finds the theme.
  package var name: String
  /// The page; `nil` is transparent.
  package var background: Color?
  /// The colour against which the others were chosen, also if the page is transparent.
  package var paper: Color
  /// Titles, arrows and other things to be read first.
  package var ink: Color
  /// Tick labels and captions.
  package var muted: Color
  /// Frames of panels and axes.
  package var frame: Color
  /// Grid lines.
  package var grid: Color
  /// A cloud without parts.
  package var cloud: Color
  /// A colour that stands out against ``cloud``.
  package var accent: Color
  /// The parts of a cloud, and curves side by side.
  package var categories: [Color]
  /// Densities below other marks: from the paper to a middle tone on which ``ink`` is still legible.
  package var density: Ramp
  /// Times in 0...1: data (0) has the most contrast with the paper, noise (1) the least.
  package var time: Ramp

  /// Dark on white, for paper and bright rooms.
  public static let light = Theme(
    name: "light", background: Color(0xFFFFFF), paper: Color(0xFFFFFF), ink: Color(0x15181C),
    muted: Color(0x4A525C), frame: Color(0x8A929C), grid: Color(0xE2E6EA), cloud: Color(0x0072B2),
    accent: Color(0xD55E00),
    categories: [
      0x0072B2, 0xD55E00, 0x009E73, 0xE69F00, 0xCC79A7, 0x56B4E9, 0x15181C, 0xD9C527,
    ].map { Color($0) },  // the yellow is darkened: F0E442 vanishes on white
    density: Ramp(0xFFFFFF, 0xDCE9F4, 0xB5D0E8, 0x86B4DA, 0x5496C9),
    time: Ramp.viridis.part(from: 0, to: 0.88))

  /// Light on near black, for dark rooms.
  public static let dark = Theme(
    name: "dark", background: Color(0x12161C), paper: Color(0x12161C), ink: Color(0xF4F5F6),
    muted: Color(0xBBC3CC), frame: Color(0x66707C), grid: Color(0x2B323B), cloud: Color(0x56B4E9),
    accent: Color(0xE69F00),
    categories: [
      0x56B4E9, 0xE69F00, 0x009E73, 0xF0E442, 0xCC79A7, 0xD55E00, 0xF4F5F6, 0x2A8CCB,
    ].map { Color($0) },  // the blue is lightened: 0072B2 sinks into black
    density: Ramp(0x12161C, 0x17283A, 0x1D3D5C, 0x245480, 0x2E6CA4),
    time: Ramp.viridis.part(from: 1, to: 0.26))

  /// The same theme on a transparent page.
  public var transparent: Theme {
    var theme = self
    theme.background = nil
    theme.name += "-transparent"
    return theme
  }

  /// All themes that a name can ask for.
  package static let all = Registry("theme", [light, dark, light.transparent, dark.transparent])
}

/// Font sizes of layouts in points: on a page as high as a slide, readable from the last row.
public enum TextSize {
  /// Ticks and captions.
  public static let small = 18.0
  /// Axis names and panel titles.
  package static let medium = 20.0
  /// The figure's title.
  package static let large = 24.0
}
