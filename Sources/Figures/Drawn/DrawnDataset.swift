import Plotting
import PointClouds

extension DatasetFigure: DrawnFigure {
  package static let name = "dataset"
  package static let abstract = "Draws the points of a data set, its parts coloured."
  package static let discussion = "Example: difflab draw dataset pinwheel -o pinwheel.svg"
  package static let subject = FigureSubject.dataset
  private static let count = Parameter.integer(
    "count", in: 1...1_000_000, default: 2000, "How many points.")
  package static let parameters = [count]

  package static func make(at desk: some FigureDesk) throws -> DatasetFigure {
    let source = try desk.source()
    let cloud = try source.sample(count: desk.parameters.integer(count), seed: desk.seed)
    // On axes of one unit, a coordinate that is much narrower than the other would not show.
    let units = Standardization(of: cloud).flatMap { $0.isShared ? nil : $0 }
    let title = "\(source.name): \(cloud.count) points" + (units == nil ? "" : ", in standard units")
    return DatasetFigure(units?.apply(cloud) ?? cloud, title: title)
  }
}
