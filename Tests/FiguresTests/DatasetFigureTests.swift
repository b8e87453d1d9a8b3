import Figures
import Plotting
import PointClouds
import Testing

@Suite("The data set figure")
struct DatasetFigureTests {
  @Test("As a display list it is this text")
  func canonicalText() {
    let cloud = PointCloud([SIMD2(-1, -1), SIMD2(0, 0), SIMD2(1, 1)], labels: [0, 1, 0])
    let limits = Limits(center: .zero, halfSide: 1.5)
    let text = DatasetFigure(cloud, title: "three", limits: limits).draw(theme: .light).canonicalText
    #expect(text == Self.expected, "\(text)")
  }

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

  private static let expected = """
    page 540 540 #ffffff
    label 270,34 middle 24 bold #15181c: three
    clip 68.27 50 447.86 447.86
      points r 3.81 #0072b2/0.78 #d55e00/0.78 #009e73/0.78 #e69f00/0.78 #cc79a7/0.78 #56b4e9/0.78 \
    #15181c/0.78 #d9c527/0.78 by 0,1,0: 142.91,423.22 292.2,273.93 441.48,124.64
    label 68.27,524 middle 18 #4a525c: −1.5
    label 142.91,524 middle 18 #4a525c: −1.0
    label 217.55,524 middle 18 #4a525c: −0.5
    label 292.2,524 middle 18 #4a525c: 0.0
    label 366.84,524 middle 18 #4a525c: 0.5
    label 441.48,524 middle 18 #4a525c: 1.0
    label 516.13,524 middle 18 #4a525c: 1.5
    label 59.27,504.43 end 18 #4a525c: −1.5
    label 59.27,429.79 end 18 #4a525c: −1.0
    label 59.27,355.14 end 18 #4a525c: −0.5
    label 59.27,280.5 end 18 #4a525c: 0.0
    label 59.27,205.86 end 18 #4a525c: 0.5
    label 59.27,131.21 end 18 #4a525c: 1.0
    label 59.27,56.57 end 18 #4a525c: 1.5
    shape stroke #8a929c 1.5: 68.27,497.86 68.27,502.86 | 142.91,497.86 142.91,502.86 | 217.55,497.86 \
    217.55,502.86 | 292.2,497.86 292.2,502.86 | 366.84,497.86 366.84,502.86 | 441.48,497.86 \
    441.48,502.86 | 516.13,497.86 516.13,502.86 | 63.27,497.86 68.27,497.86 | 63.27,423.22 68.27,423.22 \
    | 63.27,348.57 68.27,348.57 | 63.27,273.93 68.27,273.93 | 63.27,199.29 68.27,199.29 | 63.27,124.64 \
    68.27,124.64 | 63.27,50 68.27,50
    shape stroke #8a929c 1.5: 68.27,50 516.13,50 516.13,497.86 68.27,497.86 z

    """
}
