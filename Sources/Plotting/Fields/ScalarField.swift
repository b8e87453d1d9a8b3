import PointClouds
import RealModule

/// A number for every cell of a square grid over a window of the plane: a density.
public struct ScalarField: Sendable, Hashable {
  /// The window that the grid covers.
  package let limits: Limits
  /// Cells per side.
  package let size: Int
  /// The values, row by row from the bottom, each row from the left.
  package let values: [Double]

  /// The field of given values.
  /// - Precondition: there are `size` × `size` of them.
  public init(over limits: Limits, size: Int, values: [Double]) {
    precondition(
      size > 0 && values.count == size * size, "\(values.count) values for \(size) × \(size) cells")
    (self.limits, self.size, self.values) = (limits, size, values)
  }

  /// The values of a function at the cells' centres, for example `exp(mixture.logDensity($0, at: level))`.
  /// - Complexity: O(`size`²) calls.
  public init(over limits: Limits, size: Int = 160, _ value: (SIMD2<Double>) -> Double) {
    self.init(over: limits, size: size, values: Self.centers(of: limits, size: size).map(value))
  }

  /// The kernel density estimate of a cloud with a Gaussian kernel.
  ///
  /// Points are counted per cell and the counts blurred, which moves each point by less than a cell. The integral over
  /// the window is 1 less the share of points outside.
  /// - Parameter bandwidth: the kernel's standard deviation in units of the points; 1/30 of the window's half side if
  ///   `nil`.
  /// - Complexity: O(n + `size`³).
  public init(densityOf cloud: PointCloud, over limits: Limits, size: Int = 160, bandwidth: Double? = nil) {
    let bandwidth = bandwidth ?? limits.halfSide / 30
    precondition(bandwidth > 0 && bandwidth.isFinite, "a bandwidth of \(bandwidth)")
    let cell = 2 * limits.halfSide / Double(size)
    var counts = [Double](repeating: 0, count: size * size)
    for point in cloud.points where limits.contains(point) {
      let column = min(Int((point.x - limits.x.lowerBound) / cell), size - 1)
      let row = min(Int((point.y - limits.y.lowerBound) / cell), size - 1)
      counts[row * size + column] += 1
    }
    let reach = min(size, Int((4 * bandwidth / cell).rounded(.up)))
    var kernel = (-reach...reach).map { offset in
      Double.exp(-0.5 * Double(offset * offset) * (cell / bandwidth) * (cell / bandwidth))
    }
    let total = kernel.reduce(0, +)
    kernel = kernel.map { $0 / total }
    let blurred = Self.blurredRows(Self.blurredRows(counts, size, kernel), size, kernel)
    let scale = 1 / (Double(max(cloud.count, 1)) * cell * cell)
    self.init(over: limits, size: size, values: blurred.map { $0 * scale })
  }

  /// The largest finite value, or 0 if there is none.
  package var maximum: Double { values.filter(\.isFinite).max() ?? 0 }

  /// The upper end of a common colour scale of several fields: their maximum, or 1 if it is too small for an axis.
  package static func top(of fields: [ScalarField]) -> Double {
    let maximum = fields.map(\.maximum).max() ?? 0
    return maximum > 1e-290 ? maximum : 1
  }

  /// The field as a heat map in a frame of the page; `top` is the value of the ramp's last colour.
  package func raster(in frame: Rect, ramp: Ramp, top: Double) -> Raster {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(values.count * 3)
    let shades = ramp.colors(256)
    for row in (0..<size).reversed() {
      for column in 0..<size {
        let share = values[row * size + column] / top
        let shade = shades[share > 0 ? Int((min(share, 1) * 255).rounded()) : 0]
        pixels += [shade.red, shade.green, shade.blue]
      }
    }
    return Raster(columns: size, rows: size, pixels: pixels, frame: frame)
  }

  /// The centres of `size` × `size` cells, row by row from the bottom.
  package static func centers(of limits: Limits, size: Int) -> [SIMD2<Double>] {
    let cell = 2 * limits.halfSide / Double(size)
    let corner = limits.center - SIMD2(repeating: limits.halfSide - cell / 2)
    return (0..<size * size).map { corner + cell * SIMD2(Double($0 % size), Double($0 / size)) }
  }

  /// The rows convolved with the kernel, and transposed, so that two calls blur in both directions.
  private static func blurredRows(_ values: [Double], _ size: Int, _ kernel: [Double]) -> [Double] {
    let reach = kernel.count / 2
    var result = [Double](repeating: 0, count: size * size)
    for row in 0..<size {
      for column in 0..<size where values[row * size + column] != 0 {
        let value = values[row * size + column]
        for target in max(0, column - reach)...min(size - 1, column + reach) {
          result[target * size + row] += value * kernel[target - column + reach]
        }
      }
    }
    return result
  }
}
