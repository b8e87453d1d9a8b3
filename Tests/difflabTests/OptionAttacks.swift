import Foundation
import PointClouds

/// The attacks on a tool: every argument of every command with every hostile value, and pairs of them.
struct OptionAttacks {
  /// One call, with what was changed in it.
  struct Attack {
    let arguments: [String]
    let command: String
    let label: String
  }

  private struct Place {
    let leaf: ToolDescription.Leaf
    let argument: ToolDescription.Argument
    let values: [HostileValue]
  }

  private let places: [Place]
  private let singles: [(place: Int, value: Int)]
  private let noise: NoiseSource

  init(_ tool: ToolDescription, seed: UInt64) {
    let places = tool.leaves.flatMap { leaf in
      let base = BaseCall(leaf, variant: 0)
      return leaf.arguments.filter { !["--version", "--help"].contains($0.label) }.map { argument in
        let value = base.parts.first { $0.label == argument.label }?.value
        let dot = value?.lastIndex(of: ".").map { String(value?[$0...] ?? "") }
        let ending = dot.flatMap { HostileValue.endings.contains($0) ? $0 : nil }
        return Place(
          leaf: leaf, argument: argument,
          values: HostileValue.list(
            for: argument, ending: ending ?? (argument.label == "model" ? ".safetensors" : nil)))
      }
    }
    self.places = places
    singles = places.indices.flatMap { place in places[place].values.indices.map { (place, $0) } }
    noise = NoiseSource(seed: seed, purpose: NoiseSource.Purpose("option attacks"))
  }

  /// How many attacks change one place only.
  var singleCount: Int { singles.count }

  /// One attack; every fifth changes two places or gives an option twice.
  ///
  /// The single ones come in a mixed order that meets each once: `singleCount` of them are all there are.
  subscript(index: Int) -> Attack {
    // A prime above the number of singles, so that the multiples meet every one.
    let single = singles[(index - index / 5) % singles.count &* 1_000_003 % singles.count]
    let place = places[single.place]
    var base = BaseCall(place.leaf, variant: draw(3, index, lane: 1))
    apply(place, place.values[single.value].text, to: &base, twice: false)
    if index % 5 == 4 {
      let others = places.filter { $0.leaf.name == place.leaf.name }
      let other = others[draw(others.count, index, lane: 2)]
      apply(other, other.values[draw(other.values.count, index, lane: 3)].text, to: &base, twice: true)
    }
    let joined = draw(2, index, lane: 4) == 0
    var words = base.words
    for part in base.parts where !part.isPositional { words += part.words(joined: joined) }
    let positional = base.parts.filter(\.isPositional).flatMap { $0.words(joined: false) }
    // After -- a value that begins with - is a name like any other.
    if draw(2, index, lane: 5) == 0, !positional.isEmpty { words.append("--") }
    return Attack(arguments: words + positional, command: place.leaf.name, label: place.argument.label)
  }

  private func draw(_ bound: Int, _ index: Int, lane: Int) -> Int {
    noise.index(below: bound, particle: index, lane: lane)
  }

  private func apply(_ place: Place, _ text: String, to base: inout BaseCall, twice: Bool) {
    let argument = place.argument
    let isPositional = argument.kind == .positional
    // A flag has no value: given one, it must be refused.
    let value = argument.kind == .flag && text.utf8.count % 2 == 0 ? nil : text
    let part = BaseCall.Part(label: argument.label, isPositional: isPositional, value: value)
    if let index = base.parts.firstIndex(where: { $0.label == argument.label }), !twice {
      base.parts[index] = part
    } else {
      base.parts.append(part)
    }
  }
}
