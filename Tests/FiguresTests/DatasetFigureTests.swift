import Figures
import Plotting
import PointClouds
import Testing

@Suite("The data set figure")
struct DatasetFigureTests {
  @Test("Points outside the window are left out")
  func outside() {
    let cloud = PointCloud([SIMD2(0, 0), SIMD2(9, 0)])
    let figure = DatasetFigure(cloud, title: "", limits: Limits(center: .zero, halfSide: 1))
    #expect(figure.draw(theme: .light).clouds.map(\.centers.count) == [1])
  }

  @Test("Labels beyond the categories, and negative ones, start over")
  func manyLabels() {
    let cloud = PointCloud([SIMD2](repeating: .zero, count: 3), labels: [1, 9, -7])
    let figure = DatasetFigure(cloud, title: "", limits: Limits(center: .zero, halfSide: 1))
    #expect(figure.draw(theme: .light).clouds[0].indices == [1, 1, 1])
  }
}
