internal import CCairo
import Plotting

extension Painter {
  /// Dots as zero-length strokes with round caps: nine times faster and five times smaller in SVG and PDF than a
  /// circle each.
  ///
  /// Dots of one path do not build up where they overlap. Translucent dots are dealt out to sixteen paths, which look
  /// nearly as if each dot were painted by itself.
  func paintStrokes(_ layer: PointLayer) {
    let rounds = layer.colors.allSatisfy { $0.alpha == 1 } ? 1 : 16
    cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
    cairo_set_line_width(context, 2 * layer.radius)
    for round in 0..<rounds {
      for (index, color) in layer.colors.enumerated() {
        cairo_new_path(context)
        for dot in stride(from: round, to: layer.centers.count, by: rounds)
        where layer.indices.map({ Int($0[dot]) == index }) ?? (index == 0) {
          cairo_move_to(context, layer.centers[dot].x, layer.centers[dot].y)
          cairo_close_path(context)
        }
        guard cairo_has_current_point(context) != 0 else { continue }
        set(color)
        cairo_stroke(context)
      }
    }
    cairo_new_path(context)
  }

  /// Dots as copies of one small mask, on a raster: five times faster than a circle each.
  ///
  /// Masks lie on whole pixels. Sixteen of them, with centres a quarter of a pixel apart each way, keep small dots from
  /// snapping to the grid.
  func paintSprites(_ layer: PointLayer, pixels: Double) {
    let phases = 4
    let radius = layer.radius * pixels
    // Large dots would need large masks; they are few, and circles are exact.
    guard radius < 64 else { return paintStrokes(layer) }
    let reach = Int(radius.rounded(.up)) + 1
    let masks = (0..<phases * phases).map { phase in
      sprite(
        radius: radius, reach: reach,
        offset: SIMD2(Double(phase % phases), Double(phase / phases)) / Double(phases))
    }
    defer { for mask in masks { cairo_surface_destroy(mask) } }
    cairo_save(context)
    var matrix = cairo_matrix_t()
    cairo_get_matrix(context, &matrix)
    cairo_identity_matrix(context)
    var last: Int?
    for dot in layer.centers.indices {
      let index = layer.indices.map { Int($0[dot]) } ?? 0
      if index != last {
        set(layer.colors[index])
        last = index
      }
      // In quarters of a pixel, rounded; then the whole pixel and the phase in it.
      let x = Int((layer.centers[dot].x * matrix.xx * Double(phases)).rounded())
      let y = Int((layer.centers[dot].y * matrix.yy * Double(phases)).rounded())
      let phase = (x & 3) + (y & 3) * phases
      cairo_mask_surface(
        context, masks[phase], Double((x >> 2) - reach), Double((y >> 2) - reach))
    }
    cairo_restore(context)
  }

  /// The coverage of a disc whose centre lies `offset` of a pixel beyond the pixel at `reach`.
  private func sprite(radius: Double, reach: Int, offset: SIMD2<Double>) -> OpaquePointer? {
    let size = Int32(2 * reach + 2)
    let surface = cairo_image_surface_create(CAIRO_FORMAT_A8, size, size)
    let mask = cairo_create(surface)
    cairo_arc(mask, Double(reach) + offset.x, Double(reach) + offset.y, radius, 0, 2 * .pi)
    cairo_fill(mask)
    cairo_destroy(mask)
    return surface
  }
}
