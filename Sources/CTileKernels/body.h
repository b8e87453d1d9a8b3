// All kernels of one instruction set. Included once for each, so without a guard.

#define CTK_PASTE_(name, suffix) name##_##suffix
#define CTK_PASTE(name, suffix) CTK_PASTE_(name, suffix)
#define CTK_TEXT_(suffix) #suffix
#define CTK_TEXT(suffix) CTK_TEXT_(suffix)
/// The name of a function or type of this instruction set.
#define FN(name) CTK_PASTE(name, SUFFIX)

#include "simd.h"
#include "elementary.h"
#include "layers.h"
#include "head.h"
#include "optimizer.h"
#include "random.h"
#include "peak.h"

static const ctk_kernels FN(table) = {
    .name = CTK_TEXT(SUFFIX),
    .fused = FUSED,
    .forward = FN(forward),
    .add_product = FN(add_product),
    .head_forward = FN(head_forward),
    .head_backward = FN(head_backward),
    .backward = FN(backward),
    .weight_gradient = FN(weight_gradient),
    .bias_gradient = FN(bias_gradient),
    .sum_of_squares = FN(sum_of_squares),
    .adamw = FN(adamw),
    .transpose = FN(transpose),
    .draw = FN(draw),
    .sine_cosine = FN(sine_cosine),
    .multiply_adds = FN(multiply_adds),
    .multiply_adds_per_round = TILE_ROWS * TILE_COLUMNS,
};

#undef FN
#undef CTK_PASTE
#undef CTK_PASTE_
#undef CTK_TEXT
#undef CTK_TEXT_
#undef vec
#undef ivec
#undef uvec
#undef INLINE
#undef UNROLL
#undef EACH
#undef AT
#undef PART
#undef TILE_COLUMNS
#undef FOR_TILES
#undef FOR_ROW_BLOCKS
#undef FOR_LAST_COLUMNS
#undef SUFFIX
#undef LANES
#undef TILE_ROWS
#undef TILE_VECTORS
#undef FUSED
