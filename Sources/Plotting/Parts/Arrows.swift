extension Drawing.Item {
  /// Arrows of a vector field in a panel: shafts and heads.
  ///
  /// Each arrow has its middle at its node. Its length grows as the square root of the vector's, up to the spacing of
  /// the grid: scores vary too much from place to place to be drawn to scale.
  package static func arrows(_ field: VectorField, in plot: Plot, color: Color) -> [Drawing.Item] {
    let spacing = plot.unit.x * 2 * field.limits.halfSide / Double(field.size)
    let typical = field.typicalLength
    guard typical > 0 else { return [] }
    var shafts: [[SIMD2<Double>]] = []
    var heads: [[SIMD2<Double>]] = []
    for (position, vector) in zip(field.positions, field.vectors) {
      let length = (vector * vector).sum().squareRoot()
      guard length.isFinite, length > 0 else { continue }
      let drawn = 0.92 * spacing * min(1, (length / typical).squareRoot())
      guard drawn > 2 else { continue }  // shorter ones are specks
      let direction = SIMD2(vector.x, -vector.y) / length  // the page's y grows downwards
      let middle = plot.place(position)
      let tail = middle - direction * (drawn / 2)
      let tip = middle + direction * (drawn / 2)
      let head = min(0.42 * drawn, 0.36 * spacing)
      let side = SIMD2(-direction.y, direction.x) * (head * 0.42)
      let neck = tip - direction * head
      shafts.append([tail, neck])
      heads.append([tip, neck + side, neck - side])
    }
    return [
      .shape(
        Shape(outlines: shafts, closed: false, stroke: Stroke(color, width: max(1, spacing * 0.075)))),
      .shape(Shape(outlines: heads, closed: true, fill: color)),
    ]
  }
}
