import PointClouds

/// Progress of training on standard error: one line drawn over on a terminal, a plain line now and then
/// elsewhere.
struct ProgressBar {
  private let total: Int
  private let first: Int
  private let terminal: Bool
  private let console: Console
  private let clock = ContinuousClock()
  private let begin: ContinuousClock.Instant
  private var lastPlainTenth = 0

  /// The progress of `total` steps of which `first` are done already.
  init(total: Int, first: Int = 0, console: Console, terminal: Bool = Console.isTerminal) {
    self.total = total
    self.first = first
    self.terminal = terminal
    self.console = console
    begin = clock.now
  }

  /// Shows that `done` steps are done, the last of them with this loss, where there is one.
  mutating func show(done: Int, loss: Double?) {
    guard !console.quiet else { return }
    let text = line(done: done, loss: loss, seconds: begin.duration(to: clock.now) / .seconds(1))
    if terminal {
      Console.say("\r\u{1B}[K" + text)
    } else if done * 10 / total > lastPlainTenth {
      lastPlainTenth = done * 10 / total
      Console.say(text + "\n")
    }
  }

  /// Leaves the line, so that what follows begins on a new one.
  func finish() {
    if terminal && !console.quiet { Console.say("\n") }
  }

  /// The text after some seconds: bar, steps, loss, speed and time left.
  func line(done: Int, loss: Double?, seconds: Double) -> String {
    let filled = 24 * done / total
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
    let speed = seconds > 0 ? Double(done - first) / seconds : 0
    let left = speed > 0 ? Self.time(Double(total - done) / speed) : "–"
    let count = "\(done)".leftPadded(to: "\(total)".count)
    let pace = loss.map { "  loss \($0.fixed(4))  \(speed.fixed(0)) steps/s" } ?? ""
    return "\(bar) \(count)/\(total)\(pace)  \(left) left"
  }

  /// Seconds as m:ss.
  static func time(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    return "\(whole / 60):" + "\(whole % 60)".leftPadded(to: 2, with: "0")
  }
}

extension String {
  /// The text with `pad` in front until it is `width` long.
  func leftPadded(to width: Int, with pad: Character = " ") -> String {
    String(repeating: pad, count: max(0, width - count)) + self
  }

  /// The text with blanks behind it until it is `width` long.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
