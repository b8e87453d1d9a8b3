#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The numbered PNG files of an animation.
enum FrameFiles {
  /// The name of a frame's file, counted from 1: `frame-0001.png`.
  static func name(_ number: Int) -> String {
    let digits = String(number)
    return "frame-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ".png"
  }

  /// Removes frames numbered above `count`, left over from a longer animation. Files with other names stay, and so
  /// does everything that is not a regular file.
  /// - Returns: the number of files removed.
  static func remove(after count: Int, in folder: String) -> Int {
    let manager = FileManager.default
    let names = (try? manager.contentsOfDirectory(atPath: folder)) ?? []
    var removed = 0
    for name in names {
      guard let number = number(name), number > count else { continue }
      let path = folder + name
      guard let kind = try? manager.attributesOfItem(atPath: path)[.type] as? FileAttributeType,
        kind == .typeRegular, (try? manager.removeItem(atPath: path)) != nil
      else { continue }
      removed += 1
    }
    return removed
  }

  /// The number in the name of a frame file, or `nil` for any other name.
  private static func number(_ name: String) -> Int? {
    guard let match = name.wholeMatch(of: /frame-([0-9]{4,})\.png/), let number = Int(match.1),
      Self.name(number) == name
    else { return nil }
    return number
  }
}
