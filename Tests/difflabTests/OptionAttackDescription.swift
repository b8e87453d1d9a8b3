import Foundation

/// The commands' own description of their arguments: the JSON that `--experimental-dump-help` prints.
struct ToolDescription: Decodable {
  let command: Command

  struct Command: Decodable {
    let commandName: String
    let arguments: [Argument]?
    let subcommands: [Command]?
  }

  struct Argument: Decodable {
    enum Kind: String, Decodable { case positional, option, flag }
    struct Name: Decodable {
      let kind: String
      let name: String
    }

    let kind: Kind
    let names: [Name]?
    let valueName: String?
    let abstract: String?
    let isOptional: Bool

    /// `--steps`, or the bare name of a positional argument.
    var label: String {
      guard let names, kind != .positional else { return valueName ?? "" }
      let long = names.first { $0.kind == "long" }
      return long.map { "--" + $0.name } ?? "-" + (names.first?.name ?? "")
    }

    /// The values that the help text lists after its colon: `vp`, `sub-vp`, `ve`, `flow`.
    var listedValues: [String] {
      guard let abstract, let colon = abstract.firstIndex(of: ":") else { return [] }
      let list = abstract[abstract.index(after: colon)...].prefix { $0 != "." && $0 != ";" }
      return list.split(separator: ",").compactMap { part in
        let word = part.split(separator: " ").first.map(String.init) ?? ""
        let isName = !word.isEmpty && word.utf8.allSatisfy { $0 >= 0x2b && $0 < 0x7b && $0 != 0x2f }
        return isName ? word : nil
      }
    }
  }

  /// One command that runs: its words, and all that may follow them.
  struct Leaf {
    let words: [String]
    let arguments: [Argument]

    var name: String { words.joined(separator: " ") }
  }

  /// Every command without subcommands of its own.
  var leaves: [Leaf] {
    func walk(_ command: Command, _ words: [String]) -> [Leaf] {
      let arguments = command.arguments ?? []
      guard let inner = command.subcommands, !inner.isEmpty else {
        return [Leaf(words: words, arguments: arguments)]
      }
      return inner.flatMap { walk($0, words + [$0.commandName]) }
    }
    return walk(command, [])
  }

  /// Asks the command for its description.
  static func ask() throws -> ToolDescription {
    let outcome = try CommandLineTool.run(["--experimental-dump-help"])
    return try JSONDecoder().decode(ToolDescription.self, from: Data(outcome.output.utf8))
  }
}
