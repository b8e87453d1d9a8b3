internal import CCairo
import Plotting

/// Drawings as SVG and PDF.
enum VectorSurface {
  enum Kind { case svg, pdf }

  /// The document's bytes, the same on every run.
  static func bytes(of drawing: Drawing, kind: Kind) throws(RenderFailure) -> [UInt8] {
    let sink = ByteSink()
    let surface: OpaquePointer?
    switch kind {
    case .svg:
      surface = cairo_svg_surface_create_for_stream(receive, sink.context, drawing.width, drawing.height)
      // Every viewer reads SVG 1.1; cairo 1.16 writes it by default, later versions may not.
      cairo_svg_surface_restrict_to_version(surface, CAIRO_SVG_VERSION_1_1)
    case .pdf:
      surface = cairo_pdf_surface_create_for_stream(receive, sink.context, drawing.width, drawing.height)
      // A fixed date, so that the file depends on the drawing alone.
      cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z")
    }
    defer { cairo_surface_destroy(surface) }
    try check(cairo_surface_status(surface))
    let context = cairo_create(surface)
    defer { cairo_destroy(context) }
    Painter(context: context, pixels: nil).paint(drawing)
    try check(cairo_status(context))
    cairo_surface_finish(surface)
    try check(cairo_surface_status(surface))
    return withExtendedLifetime(sink) {
      kind == .svg ? SvgNames.unique(SvgNames.numbered(sink.bytes)) : sink.bytes
    }
  }
}

/// The stream callback of cairo: `closure` is a ``ByteSink``.
private nonisolated func receive(
  closure: UnsafeMutableRawPointer?, data: UnsafePointer<UInt8>?, length: UInt32
) -> cairo_status_t {
  ByteSink.from(closure)?.append(data, count: Int(length))
  return CAIRO_STATUS_SUCCESS
}

/// Turns a status of cairo into an error.
func check(_ status: cairo_status_t) throws(RenderFailure) {
  guard status == CAIRO_STATUS_SUCCESS else {
    throw .reason("cairo: " + String(cString: cairo_status_to_string(status)))
  }
}
