import Foundation
import Plotting
import Testing

@testable import Figures

/// The display list of each figure as text, a file each in `Snapshots`.
@Suite("Snapshots")
struct SnapshotTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "Snapshots")
  private static let remedy = "DIFFLAB_RECORD=1 swift test --filter SnapshotTests"

  @Test("Each figure is drawn as it was recorded", arguments: Gallery.kinds)
  func asRecorded(name: String) throws {
    let figure = try #require(Gallery.figures().first { $0.name == name }).figure
    let text = figure.draw(theme: .light).text
    let file = Self.folder.appending(path: name + ".txt")
    if ProcessInfo.processInfo.environment["DIFFLAB_RECORD"] == "1" {
      return try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let recorded = try #require(
      try? String(contentsOf: file, encoding: .utf8),
      "no snapshot of \(name) yet: record it with \(Self.remedy)")
    let (old, new) = (recorded.split(separator: "\n"), text.split(separator: "\n"))
    let line = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
    #expect(
      recorded == text,
      """
      \(name) differs from Snapshots/\(name).txt first in line \(line + 1):
        recorded: \(line < old.count ? old[line] : "(the end)")
        drawn:    \(line < new.count ? new[line] : "(the end)")
      If the new figure is right, record it with \(Self.remedy) and look at what git diff says.
      """)
  }

  @Test("No snapshot is left of a figure that is gone")
  func noneLeft() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(files) == Set(Gallery.kinds.map { $0 + ".txt" }))
  }
}
