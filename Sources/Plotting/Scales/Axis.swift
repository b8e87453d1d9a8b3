import RealModule

/// An axis of a plot: a linear or logarithmic range with labelled ticks.
package struct Axis: Sendable, Hashable {
  /// A labelled place on the axis.
  package struct Tick: Sendable, Hashable {
    /// The value.
    package let value: Double
    /// Its text.
    package let label: String
  }

  /// The range from the start of the axis to its end.
  package let range: ClosedRange<Double>
  /// Whether equal lengths stand for equal factors.
  package let isLogarithmic: Bool
  /// The ticks, all in the range.
  package let ticks: [Tick]

  /// A linear axis with ticks at round numbers.
  /// - Parameters:
  ///   - range: not empty.
  ///   - length: of the axis on the page, in points.
  ///   - horizontal: whether labels stand side by side, which takes more room than one above another.
  package init(linear range: ClosedRange<Double>, length: Double, horizontal: Bool = false) {
    self.range = range
    isLogarithmic = false
    var target = max(2, Int(length / (horizontal ? 80 : 60)) + 1)
    while true {
      let ticks = Ticks(for: range, target: target)
      let labels = NumberText.labels(ticks.values, step: ticks.step)
      let spacing = ticks.step / (range.upperBound - range.lowerBound) * length
      let needed =
        horizontal
        ? (labels.map { TextMetrics.width(of: $0, size: TextSize.small) }.max() ?? 0) + 0.7 * TextSize.small
        : 1.4 * TextSize.small
      if spacing >= needed || target == 2 {
        // Where even two labels would lie on each other, some ticks have none.
        let stride = horizontal ? max(1, Int(((needed - 0.7 * TextSize.small) / spacing).rounded(.up))) : 1
        self.ticks = zip(ticks.values, labels).enumerated().map { i, tick in
          Tick(value: tick.0, label: i % stride == 0 ? tick.1 : "")
        }
        return
      }
      target -= 1
    }
  }

  /// A logarithmic axis with ticks at powers of ten, thinned to fit; a range with fewer than two powers of ten has ticks
  /// at simple digits, and a still shorter one at equal steps.
  /// - Precondition: the range is positive and not empty.
  package init(logarithmic range: ClosedRange<Double>, length: Double) {
    let (low, high) = (range.lowerBound, range.upperBound)
    precondition(low > 0 && low < high && high.isFinite, "no logarithmic axis has the range \(range)")
    self.range = range
    isLogarithmic = true
    let first = Int((Double.log10(low) - 1e-9).rounded(.up))
    let last = Int((Double.log10(high) + 1e-9).rounded(.down))
    let room = max(1, Int(length / (2.2 * TextSize.small)))
    if last > first {
      ticks = Self.decades(first...last, room: room)
    } else {
      // As many digits as fit.
      let choices = [[1.0, 2, 3, 5, 7], [1, 2, 5], [1, 3]].map { Self.digits($0, in: range) }
      let digits = choices.first { ticks in
        zip(ticks, ticks.dropFirst()).allSatisfy {
          Double.log($1.value / $0.value) / Double.log(high / low) * length >= 1.3 * TextSize.small
        }
      }
      if let digits, digits.count > 2 {
        ticks = digits
      } else {
        ticks = Axis(linear: range, length: length / 2).ticks
      }
    }
  }

  /// A logarithmic axis of positive values; see ``logarithmicRange(of:decades:)``.
  package init(logarithmic values: [Double], decades: Double, length: Double) {
    self.init(logarithmic: Self.logarithmicRange(of: values, decades: decades), length: length)
  }

  /// Ticks at powers of ten, or at every second, third, … if these would crowd; 10⁰ is always among them.
  private static func decades(_ powers: ClosedRange<Int>, room: Int) -> [Tick] {
    let stride = max(1, (powers.count - 1 + room) / room)
    let isPlain = powers.lowerBound >= -2 && powers.upperBound <= 3
    return powers.filter { $0 % stride == 0 }.map { power in
      let value = Double.pow(10, Double(power))
      let label = isPlain ? NumberText.plain(value, step: min(1, value)) : NumberText.powerOfTen(power)
      return Tick(value: value, label: label)
    }
  }

  /// Ticks at these multiples of powers of ten.
  private static func digits(_ digits: [Double], in range: ClosedRange<Double>) -> [Tick] {
    let lowest = Int(Double.log10(range.lowerBound).rounded(.down))
    var ticks: [Tick] = []
    for power in lowest...lowest + 1 {
      let unit = Double.pow(10, Double(power))
      for digit in digits where range.contains(digit * unit) {
        let label =
          abs(power) <= 3
          ? NumberText.plain(digit * unit, step: min(1, unit))
          : NumberText.plain(digit, step: 1) + "·" + NumberText.powerOfTen(power)
        ticks.append(Tick(value: digit * unit, label: label))
      }
    }
    return ticks
  }

  /// The position of a value along the axis: 0 at the start, 1 at the end, below 0 or above 1 outside.
  package func share(_ value: Double) -> Double {
    let (low, high) = (range.lowerBound, range.upperBound)
    return isLogarithmic
      ? (Double.log(value) - Double.log(low)) / (Double.log(high) - Double.log(low))
      : (value - low) / (high - low)
  }

  /// From 0 to 1 with nothing marked on it: for rows beneath each other.
  package static let blank = Axis(range: 0...1, isLogarithmic: false, ticks: [])

  /// The same axis with ticks at integers only.
  package var withIntegerTicks: Axis {
    let whole = ticks.filter { $0.value == $0.value.rounded() }
    return Axis(
      range: range, isLogarithmic: isLogarithmic,
      ticks: whole.map { Tick(value: $0.value, label: NumberText.plain($0.value, step: 1)) })
  }

  private init(range: ClosedRange<Double>, isLogarithmic: Bool, ticks: [Tick]) {
    (self.range, self.isLogarithmic, self.ticks) = (range, isLogarithmic, ticks)
  }

  /// The widest label's width.
  package var labelWidth: Double {
    ticks.map { TextMetrics.width(of: $0.label, size: TextSize.small) }.max() ?? 0
  }

  /// How far the last label of a level axis of this length reaches beyond its end.
  package func overhang(_ length: Double) -> Double {
    ticks.map { (share($0.value) - 1) * length + TextMetrics.width(of: $0.label, size: TextSize.small) / 2 }
      .max() ?? 0
  }

  /// What an upright axis takes left of its plot: its labels and, if there is one, its name.
  package func room(named: Bool = false) -> Double {
    Plot.labelGap.left + labelWidth + (named ? 10 + 1.2 * TextSize.medium : 0)
  }
}
