#pragma once
#include <png.h>
#include <setjmp.h>
#include <stddef.h>

/// Receives encoded bytes in order; answers 0 to go on, anything else to stop.
typedef int (*dl_png_sink)(void *context, const unsigned char *bytes, size_t count);

typedef struct {
  dl_png_sink sink;
  void *context;
} dl_png_target;

static inline void dl_png_put(png_structp png, png_bytep bytes, png_size_t count) {
  dl_png_target *target = (dl_png_target *)png_get_io_ptr(png);
  if (target->sink(target->context, bytes, count) != 0) png_error(png, "sink");
}

static inline void dl_png_flush(png_structp png) { (void)png; }

static inline void dl_png_silent(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

static inline void dl_png_fail(png_structp png, png_const_charp message) {
  (void)message;
  png_longjmp(png, 1);
}

/// Encodes rows of 3 (RGB) or 4 (RGBA, straight alpha) bytes a pixel; answers 0, or 1 on failure.
///
/// libpng reports errors by longjmp, which must not cross Swift frames: it stays within this function.
static inline int dl_png_encode(
  const unsigned char *pixels, unsigned width, unsigned height, int channels, double pixels_per_metre,
  int level, dl_png_sink sink, void *context
) {
  dl_png_target target = {sink, context};
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, dl_png_fail, dl_png_silent);
  if (!png) return 1;
  png_infop info = png_create_info_struct(png);
  if (!info || setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    return 1;
  }
  png_set_write_fn(png, &target, dl_png_put, dl_png_flush);
  png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
  png_set_IHDR(
    png, info, width, height, 8, channels == 4 ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_RGB,
    PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_uint_32 density = (png_uint_32)(pixels_per_metre + 0.5);
  png_set_pHYs(png, info, density, density, PNG_RESOLUTION_METER);
  png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
  png_set_compression_level(png, level);
  png_write_info(png, info);
  for (unsigned row = 0; row < height; row++) {
    png_write_row(png, (png_bytep)(pixels + (size_t)row * width * (size_t)channels));
  }
  png_write_end(png, NULL);
  png_destroy_write_struct(&png, &info);
  return 0;
}
