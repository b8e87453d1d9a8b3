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
// Matrices are row major; `ld…` is the distance between rows in floats. Widths of hidden layers are
// multiples of CTK_WIDTH_MULTIPLE; every buffer may be read up to that multiple.

/// Hidden layers are padded to a multiple of this many columns.
#define CTK_WIDTH_MULTIPLE 32
/// `draw` writes whole blocks of this many examples.
#define CTK_DRAW_MULTIPLE 16

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

/// The kernels of one instruction set.
typedef struct ctk_kernels {
  /// The instruction set's name, for reports.
  const char *name;
  /// Whether multiply-add rounds once, which the promise of equal bits needs.
  int fused;

  /// y = [x +] SiLU(x·w + bias), and the slope SiLU′ where `slope` is not null.
  /// x is rows × depth, w is depth × width; the residual x is added where `residual` is not 0.
  void (*forward)(long rows, long depth, long width, const float *x, long ldx, const float *w, long ldw,
                  const float *bias, float *y, long ldy, float *slope, long lds, int residual);
  /// sums += x·w for one row x: the first inputs of `forward`'s sums, where many rows have them in common.
  void (*add_product)(long depth, long width, const float *x, const float *w, long ldw, float *sums);
  /// y = x·wᵀ + bias for the few outputs of the last layer; w is outputs × depth.
  void (*head_forward)(long rows, long depth, long outputs, const float *x, long ldx, const float *w,
                       long ldw, const float *bias, float *y, long ldy);
  /// dh = dy·w, and dz, which holds the slope of the layer below, becomes slope × dh.
  void (*head_backward)(long rows, long depth, long outputs, const float *dy, long ldy, const float *w,
                        long ldw, float *dh, long ldh, float *dz, long ldz);
  /// dh += dz·wᵀ (the residual path carries dh itself), and `below` becomes slope × dh.
  /// `transposed` is wᵀ, width × width.
  void (*backward)(long rows, long width, const float *dz, long ldz, const float *transposed, long ldt,
                   float *dh, long ldh, float *below, long ldb);
  /// Rows first..<end of g = xᵀ·dz over the whole batch; row `first` of the result is at `g`.
  void (*weight_gradient)(long batch, long first, long end, long width, const float *x, long ldx,
                          const float *dz, long ldz, float *g, long ldg);
  /// g = the sum of the rows of dz.
  void (*bias_gradient)(long batch, long width, const float *dz, long ldz, float *g);
  /// The sum of all squares of a matrix.
  double (*sum_of_squares)(long rows, long width, const float *g, long ldg);
  /// One AdamW step on `rows` of a matrix, and its exponential moving average.
  void (*adamw)(long rows, long width, long ld, const float *g, float *w, float *first_moment,
                float *second_moment, float *average, const ctk_adamw_step *step);
  /// `transposed` = wᵀ; both are width × width.
  void (*transpose)(long width, const float *w, long ldw, float *transposed, long ldt);
  /// Philox4x32-10 of the counters (first + i, step, 0, purpose): the first two words as they are, the
  /// other two as a pair of standard normals by Box and Muller. Writes whole blocks of CTK_DRAW_MULTIPLE.
  void (*draw)(uint64_t seed, uint32_t step, uint32_t purpose, uint32_t first, long count, uint32_t *word0,
               uint32_t *word1, float *normal0, float *normal1);
  /// Sine and cosine of a moderate number of full turns. Writes whole blocks of CTK_DRAW_MULTIPLE.
  void (*sine_cosine)(long count, const float *turns, float *sine, float *cosine);
  /// `rounds` rounds of multiply-adds that touch no memory, to know what the processor can do; x in (0, 1).
  float (*multiply_adds)(long rounds, float x);
  /// How many multiply-adds one of those rounds is.
  long multiply_adds_a_round;
} ctk_kernels;

/// The fastest kernels that this processor can run.
const ctk_kernels *ctk_best(void);
/// The kernels that this processor can run, fastest first; null past the last.
const ctk_kernels *ctk_available(int index);

#ifdef __cplusplus
}
#endif
