import DiffusionLab
import Testing

@testable import Exercises

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite("The exercises")
struct ExerciseTests {
  @Test("are numbered from 1, and found by their numbers")
  func registry() {
    #expect(Exercise.all.map(\.number) == Array(1...Exercise.all.count))
    #expect(Exercise.all.named("2")?.title == "The posterior mean")
    #expect(Exercise.all.named("0") == nil && Exercise.all.named("99") == nil)
  }

  @Test("are not done, and have no figure, where the answer is nil")
  func notDone() {
    let results = [
      ForwardProcessChecker.check { _, _, _, _ in nil }, PosteriorMeanChecker.check { _, _, _, _ in nil },
      DDIMStepChecker.check { _, _, _, _, _ in nil }, ReverseSDEChecker.check { _, _, _, _, _, _ in nil },
    ]
    #expect(results.allSatisfy { $0.verdict == .notDone && $0.figure == nil })
  }

  /// The stub is the learner's: whatever stands in it, this holds.
  @Test(
    "have a figure where the stub is right, and none where it is not done",
    arguments: Exercise.all.names)
  func stubs(number: String) throws {
    let result = try #require(Exercise.all.named(number)).check()
    #expect(result.verdict != .right || result.figure != nil)
    #expect(result.verdict != .notDone || result.figure == nil)
  }

  @Test("have a solution that is right, with two equal strips", arguments: Exercise.all.names)
  func solutions(number: String) throws {
    let result = try #require(Exercise.all.named(number)).checkSolution()
    #expect(result.verdict == .right)
    let figure = try #require(result.figure)
    #expect(figure.yours == figure.right && figure.yours.count > 1)
    #expect(figure.right.allSatisfy { $0.cloud.count > 100 && !$0.title.isEmpty })
  }

  @Test("have a lesson that names the file to edit and the command", arguments: Exercise.all.names)
  func lessons(number: String) throws {
    let exercise = try #require(Exercise.all.named(number))
    #expect(exercise.lesson.contains(exercise.stub))
    #expect(exercise.lesson.contains("swift run difflab exercises check \(number)"))
    #expect(exercise.lesson.split(separator: "\n").allSatisfy { $0.count <= 110 })
    let package = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    #expect(FileManager.default.fileExists(atPath: package.appending(path: exercise.stub).path))
  }
}
