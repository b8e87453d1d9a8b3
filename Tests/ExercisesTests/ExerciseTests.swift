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
    #expect(Exercise.number(2)?.title == "The posterior mean")
    #expect(Exercise.number(0) == nil && Exercise.number(99) == nil)
  }

  @Test("are not done, and have no figure, where the answer is nil")
  func notDone() {
    let results = [
      ForwardProcessChecker.check { _, _, _, _ in nil }, PosteriorMeanChecker.check { _, _, _, _ in nil },
      DDIMStepChecker.check { _, _, _, _, _ in nil }, ReverseSDEChecker.check { _, _, _, _, _, _ in nil },
    ]
    #expect(results.count == Exercise.all.count)
    #expect(results.allSatisfy { $0.verdict == .notDone && $0.figure == nil })
  }

  /// The stub is the learner's: whatever stands in it, this holds.
  @Test(
    "have a figure where the stub is right, and none where it is not done",
    arguments: Exercise.all.map(\.number))
  func stubs(number: Int) throws {
    let result = try #require(Exercise.number(number)).check()
    #expect(result.verdict != .right || result.figure != nil)
    #expect(result.verdict != .notDone || result.figure == nil)
  }

  @Test("have a solution that is right, with two equal strips", arguments: Exercise.all.map(\.number))
  func solutions(number: Int) throws {
    let result = try #require(Exercise.number(number)).checkSolution()
    #expect(result.verdict == .right)
    let figure = try #require(result.figure)
    #expect(figure.yours == figure.right && figure.yours.count == 5)
    #expect(figure.right.allSatisfy { $0.cloud.count == 400 && $0.title.hasPrefix("t = ") })
  }

  @Test("are as many as the README says")
  func readme() throws {
    let package = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let readme = try String(contentsOf: package.appending(path: "README.md"), encoding: .utf8)
    let count = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight"][Exercise.all.count]
    #expect(readme.contains("\(count) exercises set the pattern"))
  }

  @Test("have a lesson that names the file to edit and the command", arguments: Exercise.all.map(\.number))
  func lessons(number: Int) throws {
    let exercise = try #require(Exercise.number(number))
    #expect(exercise.lesson.contains(exercise.stub))
    #expect(exercise.lesson.contains("swift run difflab exercises check \(number)"))
    #expect(exercise.lesson.split(separator: "\n").allSatisfy { $0.count <= 110 })
    let package = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    #expect(FileManager.default.fileExists(atPath: package.appending(path: exercise.stub).path))
  }
}
