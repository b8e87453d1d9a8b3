/// Integrals over rectangles by a Gauss–Kronrod rule in each direction, on cells that are halved where the rules of
/// 7 and of 15 nodes disagree.
///
/// A cell is halved across the direction in which they disagree, so that the cost of a narrow strip along an axis
/// grows with the logarithm of its width only.
struct AdaptiveCubature {
  /// A rectangle of one of the integrands.
  struct Cell {
    let part: Int
    let center: SIMD2<Double>
    /// Half of the width and half of the height.
    let half: SIMD2<Double>

    /// Its two halves, side by side if `axis` is 0, one above the other if it is 1.
    func halves(across axis: Int) -> [Cell] {
      var half = half
      half[axis] /= 2
      var shift = SIMD2<Double>.zero
      shift[axis] = half[axis]
      return [
        Cell(part: part, center: center - shift, half: half),
        Cell(part: part, center: center + shift, half: half),
      ]
    }
  }

  /// The total error at which halving ends, as a share of the integral of the magnitude.
  let tolerance: Double
  /// The number of evaluations after which halving ends whatever the error.
  let mostEvaluations: Int

  /// The integral over all cells.
  /// - Parameter f: the integrand of a part at a place.
  /// - Complexity: 225 evaluations per cell; at most ``mostEvaluations`` and one round more.
  func integral(
    over cells: [Cell], _ f: (_ part: Int, _ place: SIMD2<Double>) -> SIMD4<Double>
  ) -> QuadratureEstimate {
    var measured = cells.map { Measured($0, f) }
    var evaluations = cells.count * Measured.evaluations
    while true {
      let total = measured.reduce(.zero) { $0 + $1.value }
      let error = measured.reduce(.zero) { $0 + $1.error }
      let allowed = tolerance * measured.reduce(.zero) { $0 + $1.magnitude }
      let isDone = all(error .<= allowed)
      if isDone || evaluations >= mostEvaluations {
        return QuadratureEstimate(values: total, errors: error, evaluations: evaluations)
      }
      // The errors of cells that stay whole add up to no more than is allowed.
      let share = allowed / Double(measured.count)
      measured = measured.flatMap { cell -> [Measured] in
        let parts = cell.parts(above: share)
        guard parts.count > 1 else { return [cell] }
        evaluations += parts.count * Measured.evaluations
        return parts.map { Measured($0, f) }
      }
    }
  }

  /// A cell with its integral.
  private struct Measured {
    let cell: Cell
    private(set) var value = SIMD4<Double>.zero
    private(set) var magnitude = SIMD4<Double>.zero
    /// How much the rules disagree in each direction.
    private var disagreements = (SIMD4<Double>.zero, SIMD4<Double>.zero)

    static let evaluations = GaussKronrod.nodes.count * GaussKronrod.nodes.count

    var error: SIMD4<Double> { disagreements.0 + disagreements.1 }

    init(_ cell: Cell, _ f: (_ part: Int, _ place: SIMD2<Double>) -> SIMD4<Double>) {
      self.cell = cell
      var coarse = (SIMD4<Double>.zero, SIMD4<Double>.zero)
      for row in GaussKronrod.nodes {
        var (fine, gauss) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
        for column in GaussKronrod.nodes {
          let here = f(cell.part, cell.center + cell.half * SIMD2(column.place, row.place))
          fine += column.kronrod * here
          gauss += column.gauss * here
          magnitude += column.kronrod * row.kronrod * here.magnitudes
        }
        value += row.kronrod * fine
        coarse.0 += row.kronrod * gauss
        coarse.1 += row.gauss * fine
      }
      let area = cell.half.x * cell.half.y
      disagreements = (
        area * (value - coarse.0).magnitudes, area * (value - coarse.1).magnitudes
      )
      value *= area
      magnitude *= area
    }

    /// The cell's halves or quarters if an error is above its share, else the cell itself.
    func parts(above share: SIMD4<Double>) -> [Cell] {
      guard any(error .> share) else { return [cell] }
      // A direction with less than a tenth of the error waits.
      let least = pointwiseMax(share, error) * 0.1
      let acrossX = any(disagreements.0 .> least)
      let acrossY = any(disagreements.1 .> least)
      let columns = acrossX ? cell.halves(across: 0) : [cell]
      return acrossY ? columns.flatMap { $0.halves(across: 1) } : columns
    }
  }
}
