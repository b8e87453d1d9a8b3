import Figures
import Plotting
import PointClouds

/// The figures that a name can ask for. A new one is one file and one line here.
package enum DrawnFigures {
  /// All of them, in the order of the help.
  package static let all = Registry<any DrawnFigure.Type>(
    "figure",
    [
      DatasetFigure.self,
      ReverseStrip.self,
      TrajectoryFigure.self,
      ScoreFieldFigure.self,
      DenoisingFigure.self,
      LossCurve.self,
      CopiesFigure.self,
    ]
  ) { $0.name }
}
