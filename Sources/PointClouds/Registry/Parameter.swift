/// A number or a choice that an entry of a registry takes, declared where the entry is: the command line, its help
/// and the documentation read it from there.
public struct Parameter: Sendable, Hashable, Named {
  /// What values it may have.
  package enum Domain: Sendable, Hashable {
    /// A number within a range.
    case number(ClosedRange<Double>)
    /// A whole number within a range.
    case integer(ClosedRange<Int>)
    /// One of these words.
    case choice([String])
  }

  /// The name: `eta` is the option `--eta`.
  public let name: String
  /// What values it may have.
  package let domain: Domain
  /// The value where the user gives none, as help states it; `nil` where the model decides.
  public let defaultValue: Value?
  /// One sentence of help.
  public let help: String

  /// A number in a range, which may be open upwards (`0...Double.infinity`).
  package static func number(
    _ name: String, in range: ClosedRange<Double>, default value: Double? = nil, _ help: String
  ) -> Parameter {
    Parameter(name: name, domain: .number(range), defaultValue: value.map { .number($0) }, help: help)
  }

  /// A whole number in a range.
  package static func integer(
    _ name: String, in range: ClosedRange<Int>, default value: Int, _ help: String
  ) -> Parameter {
    Parameter(name: name, domain: .integer(range), defaultValue: .number(Double(value)), help: help)
  }

  /// One of several words; the model decides where the user names none and there is no default.
  package static func choice(
    _ name: String, among words: [String], default value: String? = nil, _ help: String
  ) -> Parameter {
    Parameter(name: name, domain: .choice(words), defaultValue: value.map { .word($0) }, help: help)
  }

  /// The help with the default, as the command line shows it.
  package var helpWithDefault: String {
    switch defaultValue {
    case .number(let number): "\(help) (default: \(number.shortest))"
    case .word(let word): "\(help) (default: \(word))"
    case nil: help
    }
  }

  /// The value of a parameter.
  public enum Value: Sendable, Hashable {
    case number(Double)
    case word(String)
  }

  /// The value that a text stands for.
  /// - Throws: ``InvalidParameter`` with the values that it may have.
  package func value(of text: String) throws(InvalidParameter) -> Value {
    let value: Value? =
      switch domain {
      case .number: Double(text).map { .number($0) }
      case .integer: Int(text).map { .number(Double($0)) }
      case .choice: .word(text)
      }
    return try checked(value)
  }

  /// The value, if the parameter may have it.
  /// - Throws: ``InvalidParameter`` with the values that it may have.
  package func checked(_ value: Value?) throws(InvalidParameter) -> Value {
    switch (domain, value) {
    case (.number(let range), .number(let x)) where x.isFinite && range.contains(x): return .number(x)
    case (.integer(let range), .number(let x)) where Int(exactly: x).map(range.contains) == true:
      return .number(x)
    case (.choice(let words), .word(let word)) where words.contains(word): return .word(word)
    case (.number(let range), _):
      let upper = range.upperBound.isFinite ? "to \(range.upperBound.shortest)" : "up"
      throw InvalidParameter("give a number from \(range.lowerBound.shortest) \(upper).")
    case (.integer(let range), _):
      throw InvalidParameter("give a whole number from \(range.lowerBound) to \(range.upperBound).")
    case (.choice(let words), .word(let word)):
      throw InvalidParameter(UnknownName(word, kind: name, known: words).description)
    case (.choice(let words), _):
      throw InvalidParameter("give one of \(words.joined(separator: ", ")).")
    }
  }
}

/// Why a text is no value of a parameter: what to give instead.
package struct InvalidParameter: Error, Hashable, CustomStringConvertible {
  package let description: String
  init(_ description: String) { self.description = description }
}

/// The values that a user gave to declared parameters, by name.
public struct ParameterValues: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  private var values: [String: Parameter.Value]

  /// The values of a list of names and numbers or words.
  public init(dictionaryLiteral elements: (String, Parameter.Value)...) {
    values = Dictionary(uniqueKeysWithValues: elements)
  }

  /// The names that have a value, sorted.
  package var names: [String] { values.keys.sorted() }

  /// The value under a name, or `nil` if the user gave none.
  public subscript(name: String) -> Parameter.Value? {
    get { values[name] }
    set { values[name] = newValue }
  }

  /// The number of a parameter, its default if none was given.
  /// - Precondition: the parameter is a number and has a default.
  package func number(_ parameter: Parameter) -> Double {
    guard let number = optionalNumber(parameter) else {
      preconditionFailure("the parameter \(parameter.name) has no number")
    }
    return number
  }

  /// The whole number of a parameter, its default if none was given.
  /// - Precondition: the parameter is a whole number and has a default.
  package func integer(_ parameter: Parameter) -> Int { Int(number(parameter)) }

  /// The number of a parameter, or its default; `nil` if it has neither.
  package func optionalNumber(_ parameter: Parameter) -> Double? {
    guard case .number(let number) = values[parameter.name] ?? parameter.defaultValue else { return nil }
    return number
  }

  /// The word of a parameter, its default if none was given.
  package func word(_ parameter: Parameter) -> String? {
    guard case .word(let word) = values[parameter.name] ?? parameter.defaultValue else { return nil }
    return word
  }
}

extension Double {
  /// The number without a fraction of zero: 1 and not 1.0.
  package var shortest: String { self == rounded() && magnitude < 1e15 ? "\(Int(self))" : "\(self)" }
}
