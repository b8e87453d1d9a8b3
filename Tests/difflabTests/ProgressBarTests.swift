import Testing

@testable import difflab

@Suite("The progress bar")
struct ProgressBarTests {
  let bar = ProgressBar(total: 1000, console: Console(quiet: true), terminal: true)

  @Test("Half way it is half full, with loss, speed and the time that is left")
  func halfWay() {
    let line = bar.line(done: 500, loss: 0.41234, seconds: 10)
    #expect(line.hasPrefix("████████████░░░░░░░░░░░░  500/1000"))
    #expect(line.contains("loss 0.4123"))
    #expect(line.contains("50 steps/s"))
    #expect(line.hasSuffix("0:10 left"))
  }

  @Test("Before any time has passed it promises nothing")
  func atOnce() {
    #expect(bar.line(done: 0, loss: 1, seconds: 0).hasSuffix("– left"))
  }

  @Test("Time is minutes and seconds")
  func time() {
    #expect(ProgressBar.time(0.2) == "0:01")
    #expect(ProgressBar.time(61) == "1:01")
    #expect(ProgressBar.time(3600) == "60:00")
  }
}
