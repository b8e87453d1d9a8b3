internal import CCairo
import Plotting

/// Draws display lists on a cairo context.
struct Painter {
  let context: OpaquePointer?
  /// Pixels per point on a raster surface; `nil` where the surface keeps vectors.
  let pixels: Double?

  /// Draws the whole page.
  func paint(_ drawing: Drawing) {
    setUpFonts()
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    if let background = drawing.background {
      set(background)
      cairo_rectangle(context, 0, 0, drawing.width, drawing.height)
      cairo_fill(context)
    }
    for item in drawing.items { paint(item) }
  }

  private func paint(_ item: Drawing.Item) {
    switch item {
    case .shape(let shape): paint(shape)
    case .points(let layer):
      if let pixels { paintSprites(layer, pixels: pixels) } else { paintStrokes(layer) }
    case .lines(let layer): paint(layer)
    case .raster(let raster): paint(raster)
    case .label(let label): paint(label)
    case .clip(let frame, let items):
      cairo_save(context)
      clip(to: frame)
      for inner in items { paint(inner) }
      cairo_restore(context)
    }
  }

  /// Clips to a frame; on a raster to whole pixels, because a fractional edge would need a mask.
  private func clip(to frame: Rect) {
    let scale = pixels ?? 1
    let snap = { (value: Double) in pixels == nil ? value : (value * scale).rounded() / scale }
    let (x, y) = (snap(frame.x), snap(frame.y))
    cairo_rectangle(context, x, y, snap(frame.maxX) - x, snap(frame.maxY) - y)
    cairo_clip(context)
  }

  private func paint(_ shape: Shape) {
    guard shape.outlines.contains(where: { !$0.isEmpty }) else { return }
    cairo_new_path(context)
    for outline in shape.outlines {
      trace(outline)
      if shape.closed { cairo_close_path(context) }
    }
    if let fill = shape.fill {
      set(fill)
      cairo_fill_preserve(context)
    }
    if let stroke = shape.stroke {
      set(stroke.color)
      cairo_set_line_width(context, stroke.width)
      cairo_set_line_cap(context, stroke.dash.isEmpty ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT)
      cairo_set_dash(context, stroke.dash, Int32(stroke.dash.count), 0)
      cairo_stroke_preserve(context)
      cairo_set_dash(context, nil, 0, 0)
    }
    cairo_new_path(context)
  }

  private func paint(_ layer: LineLayer) {
    cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
    cairo_set_line_width(context, layer.width)
    for run in layer.runs {
      set(run.color)
      cairo_new_path(context)
      for path in layer.paths { trace(path[run.first...run.last]) }
      cairo_stroke(context)
    }
  }

  private func paint(_ label: Label) {
    Fonts.select(context, bold: label.bold, size: label.size)
    set(label.color)
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, label.text, &extents)
    cairo_save(context)
    cairo_translate(context, label.position.x, label.position.y)
    if label.turned { cairo_rotate(context, -.pi / 2) }
    cairo_move_to(context, -label.alignment.share * extents.x_advance, 0)
    cairo_show_text(context, label.text)
    cairo_restore(context)
    cairo_new_path(context)
  }

  private func paint(_ raster: Raster) {
    let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(raster.columns), Int32(raster.rows))
    defer { cairo_surface_destroy(surface) }
    cairo_surface_flush(surface)
    // A failed surface has no pixels; painting it puts the context in error, which the caller checks.
    if let data = cairo_image_surface_get_data(surface) {
      let stride = Int(cairo_image_surface_get_stride(surface))
      for row in 0..<raster.rows {
        let line = UnsafeMutableRawPointer(data + row * stride)
        for column in 0..<raster.columns {
          let place = (row * raster.columns + column) * 3
          let rgb =
            UInt32(raster.pixels[place]) << 16 | UInt32(raster.pixels[place + 1]) << 8
            | UInt32(raster.pixels[place + 2])
          line.storeBytes(of: rgb, toByteOffset: column * 4, as: UInt32.self)
        }
      }
      cairo_surface_mark_dirty(surface)
    }
    cairo_save(context)
    clip(to: raster.frame)
    cairo_translate(context, raster.frame.x, raster.frame.y)
    cairo_scale(
      context, raster.frame.width / Double(raster.columns), raster.frame.height / Double(raster.rows))
    cairo_set_source_surface(context, surface, 0, 0)
    let pattern = cairo_get_source(context)
    cairo_pattern_set_filter(pattern, CAIRO_FILTER_BILINEAR)
    cairo_pattern_set_extend(pattern, CAIRO_EXTEND_PAD)
    cairo_paint(context)
    cairo_restore(context)
  }

  func trace(_ points: some Collection<SIMD2<Double>>) {
    guard let first = points.first else { return }
    cairo_move_to(context, first.x, first.y)
    for point in points.dropFirst() { cairo_line_to(context, point.x, point.y) }
  }

  func set(_ color: Color) {
    cairo_set_source_rgba(
      context, Double(color.red) / 255, Double(color.green) / 255, Double(color.blue) / 255, color.alpha)
  }

  /// Turns hinting off, so that the layout is the same in every format and at every scale.
  private func setUpFonts() {
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    cairo_set_font_options(context, options)
    cairo_font_options_destroy(options)
  }
}
