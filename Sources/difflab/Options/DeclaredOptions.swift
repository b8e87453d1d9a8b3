import ArgumentParser
import DiffusionLab

/// A list of parameters that are declared where what takes them is.
protocol ParameterList {
  /// The parameters.
  static var parameters: [Parameter] { get }
}

/// One option for each parameter of a list: a new parameter is an option without a line here.
///
/// The parser finds a command's options by reflection; here the reflection shows an option for each parameter in
/// place of stored properties.
struct DeclaredOptions<List: ParameterList>: ParsableArguments, CustomReflectable {
  /// The values that the user gave.
  private(set) var values: ParameterValues = [:]

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for parameter in List.parameters {
      let option = try container.decode(Option<Parameter.Value?>.self, forKey: Key(parameter.name))
      values[parameter.name] = option.wrappedValue
    }
  }

  var customMirror: Mirror {
    Mirror(
      self,
      children: List.parameters.map { parameter in
        let option = Option<Parameter.Value?>(
          name: .customLong(parameter.name), help: ArgumentHelp(stringLiteral: parameter.helpWithDefault),
          transform: { try parameter.value(of: $0) })
        return (label: parameter.name, value: option)
      })
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }
}

/// The parameters of all samplers.
enum SamplerParameters: ParameterList {
  static var parameters: [Parameter] { Samplers.parameters }
}
