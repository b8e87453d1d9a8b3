import Models
import Plotting
import PointClouds

extension ScoreFieldFigure: DrawnFigure {
  package static let name = "field"
  package static let abstract = "Draws the score at one time as arrows over the density of the noisy data."
  package static let discussion = "Example: difflab draw field ring8.safetensors -o field.svg --time 0.3"
  private static let time = Parameter.number(
    "time", in: 0...1,
    "The time: 0 is data, 1 is noise. (default: \(LabFigures.fieldTime), or the first step's)")
  package static let parameters = [time]

  package static func make(at desk: some FigureDesk) throws -> ScoreFieldFigure {
    let lab = try desk.lab()
    let time = desk.parameters.optionalNumber(time) ?? lab.fieldTime
    let first = lab.model.scene.firstNoisyTime
    guard time > 0, time >= first else {
      throw UndrawableSubject(
        "time \(time): there is no noise there yet; it begins after \(first.shortest)")
    }
    guard let field = lab.field(time: time) else {
      throw UndrawableSubject("\(lab.model.name): \(lab.model.knowledge)")
    }
    return field
  }
}

extension LossCurve: DrawnFigure {
  package static let name = "loss"
  package static let abstract = "Draws the loss of a model's training."
  package static let discussion = "Example: difflab draw loss moons.safetensors -o loss.svg"
  package static let subject = FigureSubject.checkpoint

  package static func make(at desk: some FigureDesk) throws -> LossCurve {
    LabFigures.loss(try desk.checkpoint())
  }
}
