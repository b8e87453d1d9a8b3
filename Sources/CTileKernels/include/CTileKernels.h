#pragma once
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// The numeric kernels of the tiny network.
//
// Swift cannot compile one function for several instruction sets; C can. Every kernel here exists once for
// each instruction set of the processor family, and a table of function pointers is picked at run time.
// Each number comes from one sequential chain of fused multiply-adds, vectorised across numbers, so neither
// the width of the vectors nor the tiling shows in the bits: AVX-512, AVX2 and NEON agree. A processor
// without fused multiply-add multiplies, rounds and adds instead: a third of the speed, and other bits.
//
// Each kernel has its shapes in a comment, and the name of plain code that does the same: of ReferenceNetwork
// in Tests/TinyNetworkTests, which is a network in Double loops, where no other is named.
//
// Widths of hidden layers are multiples of CTK_WIDTH_MULTIPLE; every buffer may be read up to that multiple.

/// Hidden layers are padded to a multiple of this many columns.
#define CTK_WIDTH_MULTIPLE 32
/// `draw` writes whole blocks of this many examples.
#define CTK_DRAW_MULTIPLE 16

/// A matrix to read: row major, `stride` floats from row to row.
typedef struct ctk_input {
  const float *at;
  long stride;
} ctk_input;

/// A matrix to write.
typedef struct ctk_output {
  float *at;
  long stride;
} ctk_output;

/// A hidden layer on its way forward: y = [x +] SiLU(x·w + bias).
typedef struct ctk_forward {
  long rows, depth, width;
  ctk_input x;        ///< rows × depth
  ctk_input w;        ///< depth × width
  const float *bias;  ///< width
  ctk_output y;       ///< rows × width
  ctk_output slope;   ///< rows × width: SiLU′ of the same sums; not wanted where `at` is null
  int residual;       ///< whether x is added, which then is rows × width, too
} ctk_forward;

/// A residual layer on its way back: dh += dz·wᵀ, and `below` becomes slope × dh.
typedef struct ctk_backward {
  long rows, width;
  ctk_input dz;          ///< rows × width
  ctk_input transposed;  ///< width × width: wᵀ
  ctk_output dh;         ///< rows × width; the residual path carries dh itself
  ctk_output below;      ///< rows × width: the slope of the layer below, then its dz
} ctk_backward;

/// The size of the last layer.
typedef struct ctk_shape {
  long rows, depth, outputs;
} ctk_shape;

/// Some rows of weights with what AdamW keeps of them: six matrices, rows × width, with one stride.
typedef struct ctk_adamw_rows {
  long rows, width, stride;
  const float *gradient;
  float *weights, *first_moment, *second_moment, *average;
} ctk_adamw_rows;

/// The scalars of one AdamW step, with the bias corrections already folded in.
typedef struct ctk_adamw_step {
  float gradient_scale;       ///< what clipping multiplies the gradient by
  float first_moment_rate;    ///< 1 − β₁
  float second_moment_rate;   ///< 1 − β₂
  float rate;                 ///< learning rate / (1 − β₁ᵗ)
  float second_moment_scale;  ///< 1 / √(1 − β₂ᵗ)
  float epsilon;              ///< what keeps the quotient finite
  float shrink;               ///< 1 − learning rate × weight decay
  float average_rate;         ///< 1 − decay of the moving average of the weights
} ctk_adamw_step;

/// The counters of Philox4x32-10: (first + i, step, 0, purpose) under a seed.
typedef struct ctk_counter {
  uint64_t seed;
  uint32_t step, purpose, first;
} ctk_counter;

/// Where draws go: the first two words of each, and a pair of standard normals made of the other two.
typedef struct ctk_draws {
  uint32_t *word0, *word1;
  float *normal0, *normal1;
} ctk_draws;

/// The kernels of one instruction set.
typedef struct ctk_kernels {
  /// The instruction set's name, for reports.
  const char *name;
  /// Whether multiply-add rounds once, which the promise of equal bits needs.
  int fused;

  /// One hidden layer forward.
  void (*forward)(ctk_forward layer);
  /// sums += x·w for one row x: the first inputs of `forward`'s sums, where many rows have them in common.
  void (*add_product)(long depth, long width, const float *x, ctk_input w, float *sums);
  /// y = x·wᵀ + bias for the few outputs of the last layer; w is outputs × depth.
  void (*head_forward)(ctk_shape shape, ctk_input x, ctk_input w, const float *bias, ctk_output y);
  /// dh = dy·w, and dz, which holds the slope of the layer below, becomes slope × dh.
  void (*head_backward)(ctk_shape shape, ctk_input dy, ctk_input w, ctk_output dh, ctk_output dz);
  /// One residual layer back.
  void (*backward)(ctk_backward layer);
  /// g = xᵀ·dz over the whole batch, for as many columns of x as g has rows.
  void (*weight_gradient)(long batch, long rows, long width, ctk_input x, ctk_input dz, ctk_output g);
  /// g = the sum of the rows of dz.
  void (*bias_gradient)(long batch, long width, ctk_input dz, float *g);
  /// The sum of all squares of a matrix.
  double (*sum_of_squares)(long rows, long width, ctk_input g);
  /// One AdamW step, and the exponential moving average of the weights.
  void (*adamw)(ctk_adamw_rows parameters, ctk_adamw_step step);
  /// `transposed` = wᵀ; both are width × width.
  void (*transpose)(long width, ctk_input w, ctk_output transposed);
  /// `count` draws: words, and normals by Box and Muller. Writes whole blocks of CTK_DRAW_MULTIPLE.
  void (*draw)(ctk_counter counter, long count, ctk_draws to);
  /// Sine and cosine of a moderate number of full turns. Writes whole blocks of CTK_DRAW_MULTIPLE.
  void (*sine_cosine)(long count, const float *turns, float *sine, float *cosine);
  /// `rounds` rounds of multiply-adds that touch no memory, to know what the processor can do; x in (0, 1).
  float (*multiply_adds)(long rounds, float x);
  /// How many multiply-adds one of those rounds is.
  long multiply_adds_per_round;
} ctk_kernels;

/// The fastest kernels that this processor can run.
const ctk_kernels *ctk_best(void);
/// The kernels that this processor can run, fastest first; null past the last.
const ctk_kernels *ctk_available(int index);

#ifdef __cplusplus
}
#endif
