import ArgumentParser

/// Whether a part of a command's options is there.
protocol Presence {
  static var isPresent: Bool { get }
}

/// A group of options that some instances of a generic command have and others have not.
struct Part<Condition: Presence, Group: ParsableArguments>: ParsableArguments, CustomReflectable {
  /// The options, if the command has them.
  private(set) var group: Group?

  init() {}

  init(from decoder: any Decoder) throws {
    guard Condition.isPresent else { return }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    group = try container.decode(OptionGroup<Group>.self, forKey: .group).wrappedValue
  }

  private enum CodingKeys: CodingKey { case group }

  var customMirror: Mirror {
    Mirror(self, children: Condition.isPresent ? [(label: "group", value: OptionGroup<Group>())] : [])
  }
}
