// The last layer, with its two or a few outputs: dot products instead of tiles.

// The sum of 16 partial sums, always in the same order, whatever the width of the vectors.
INLINE float FN(fold)(const vec partial[16 / LANES]) {
  float lanes[16];
  UNROLL for (int v = 0; v < 16 / LANES; v++) FN(store)(lanes + v * LANES, partial[v]);
  UNROLL for (int i = 0; i < 8; i++) lanes[i] += lanes[i + 8];
  UNROLL for (int i = 0; i < 4; i++) lanes[i] += lanes[i + 4];
  return (lanes[0] + lanes[2]) + (lanes[1] + lanes[3]);
}

static void FN(head_forward)(long rows, long depth, long outputs, const float *x, long ldx, const float *w,
                             long ldw, const float *bias, float *y, long ldy) {
  for (long row = 0; row < rows; row++)
    for (long o = 0; o < outputs; o++) {
      vec partial[16 / LANES];
      UNROLL for (int v = 0; v < 16 / LANES; v++) partial[v] = FN(all)(0.0f);
      for (long k = 0; k < depth; k += 16)
        UNROLL for (int v = 0; v < 16 / LANES; v++)
          partial[v] = FN(fma)(FN(load)(x + row * ldx + k + v * LANES),
                               FN(load)(w + o * ldw + k + v * LANES), partial[v]);
      y[row * ldy + o] = FN(fold)(partial) + bias[o];
    }
}

static void FN(head_backward)(long rows, long depth, long outputs, const float *dy, long ldy, const float *w,
                              long ldw, float *dh, long ldh, float *dz, long ldz) {
  for (long row = 0; row < rows; row++)
    for (long k = 0; k < depth; k += LANES) {
      vec sum = FN(all)(0.0f);
      for (long o = 0; o < outputs; o++)
        sum = FN(fma)(FN(all)(dy[row * ldy + o]), FN(load)(w + o * ldw + k), sum);
      FN(store)(dh + row * ldh + k, sum);
      FN(store)(dz + row * ldz + k, FN(load)(dz + row * ldz + k) * sum);
    }
}
