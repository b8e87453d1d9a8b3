/// A valid call of a command that takes well under a second: the one that an attack changes in one place.
struct BaseCall {
  /// One word or option of the call.
  struct Part {
    /// `--steps`, or the bare name of a positional argument.
    let label: String
    let isPositional: Bool
    /// `nil` for a flag.
    var value: String?

    /// The words of the command line; `joined` writes `--steps=4` for `--steps 4`.
    func words(joined: Bool) -> [String] {
      guard let value else { return [label] }
      if isPositional { return [value] }
      return joined ? ["\(label)=\(value)"] : [label, value]
    }
  }

  let words: [String]
  var parts: [Part]

  /// The call of one command.
  /// - Parameter variant: which of the values in the table is taken where there are several.
  init(_ leaf: ToolDescription.Leaf, variant: Int) {
    words = leaf.words
    parts = leaf.arguments.flatMap { argument -> [Part] in
      let values = BaseCall.values(leaf.name, argument)
      guard !values.isEmpty else { return [] }
      return values[variant % values.count].map {
        Part(label: argument.label, isPositional: argument.kind == .positional, value: $0)
      }
    }
  }

  /// Everything after the name of the program; positional arguments stand where they were described.
  var commandLine: [String] { words + parts.flatMap { $0.words(joined: false) } }

  /// The values of an argument in a cheap call: several variants, each a list of values; none where the
  /// argument may be left out and leaving it out is cheap.
  private static func values(_ command: String, _ argument: ToolDescription.Argument) -> [[String]] {
    if let own = byCommand[command + " " + argument.label] { return own }
    switch argument.kind {
    case .flag: return []
    case .positional: return byName[argument.label] ?? (argument.isOptional ? [] : [["moons"]])
    case .option: return byName[argument.label] ?? (argument.isOptional ? [] : [["4"]])
    }
  }

  private static let models = [["mixture:ring8"], ["k.safetensors"], ["f.safetensors"]]
  private static let trainingPoints = [["200"]]

  /// Values that are cheap for every command that has an argument of this name.
  private static let byName: [String: [[String]]] = [
    "name": [["moons"], ["d.csv"]], "names": [["moons"], ["d.csv"]], "model": models, "models": models,
    "plain": [["k.safetensors"]], "reflected": [["r.safetensors"]], "samples": [["d.csv"]],
    "number": [["1"]], "subcommands": [["sample"]],
    "--output": [["o.svg"], ["o.png"], ["o.pdf"]], "--out": [["out"]], "--against": [["moons"], ["d.csv"]],
    "--steps": [["4"]], "--count": [["50"]], "--points": [["20"]], "--hidden": [["16x1"]],
    "--timesteps": [["8"]], "--batch": [["16"]], "--levels": [["3"]], "--clouds": [["2"]],
    "--sampling-steps": [["4"]], "--repetitions": [["1"]], "--burst": [["0.001"]],
    "--shape": [["16x1x16"]], "--frames": [["2"]], "--paths": [["2"]], "--cells": [["8"]],
    "--threads": [["1"]], "--scale": [["0.5"]], "--samplers": [["ddim,ddpm"], ["ddim"]],
    // Their data cannot be known from the name of the file: a model of one's own names them.
    "--data": [[], [], ["d.csv"]],
  ]

  /// Values where a command differs from the others: the formats that it writes, the least counts that it
  /// takes, what it has no use for.
  private static let byCommand: [String: [[String]]] = [
    "datasets sample --output": [["o.csv"], ["o.npy"]], "sample --output": [["o.csv"], ["o.npy"]],
    "train --output": [["o.safetensors"]], "quality --output": [["o.md"]], "compare --output": [["o.svg"]],
    "combinations --output": [["o.md"]], "likelihood --output": [["o.csv"]],
    "animate --output": [["o.gif"], ["frames/"]],
    "draw copies model": [["k.safetensors"], ["f.safetensors"]], "draw copies --data": [[], ["d.csv"]],
    "draw loss model": [["k.safetensors"], ["f.safetensors"]],
    // Of the 3 models only two have data that the command knows.
    "draw bound models": [["mixture:ring8"], ["k.safetensors", "k.safetensors"], ["f.safetensors"]],
    "combinations --count": [["100"]], "exercises check --output": [],
    "train --points": trainingPoints, "lab --points": trainingPoints, "figures --points": trainingPoints,
    "draw parameterizations --points": trainingPoints, "quality --points": [], "draw schedule --steps": [],
    "reproduce names": [["kaist-chamfer"]], "draw reflected --data": [["moons"]],
  ]
}
