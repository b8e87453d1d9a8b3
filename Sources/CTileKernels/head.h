// The last layer, with its two or a few outputs: dot products instead of tiles.

// The sum of 16 partial sums, always in the same order, whatever the width of the vectors.
INLINE float FN(fold)(const vec partial[16 / LANES]) {
  float lanes[16];
  UNROLL for (int v = 0; v < 16 / LANES; v++) FN(store)(lanes + v * LANES, partial[v]);
  UNROLL for (int i = 0; i < 8; i++) lanes[i] += lanes[i + 8];
  UNROLL for (int i = 0; i < 4; i++) lanes[i] += lanes[i + 4];
  return (lanes[0] + lanes[2]) + (lanes[1] + lanes[3]);
}

// y[rows × outputs] = x[rows × depth] · w[outputs × depth]ᵀ + bias[outputs].
// Plain: `forward` of ReferenceNetwork, its last line.
static void FN(head_forward)(ctk_shape shape, ctk_input x, ctk_input w, const float *bias, ctk_output y) {
  for (long row = 0; row < shape.rows; row++)
    for (long o = 0; o < shape.outputs; o++) {
      vec partial[16 / LANES];
      UNROLL for (int v = 0; v < 16 / LANES; v++) partial[v] = FN(all)(0.0f);
      for (long k = 0; k < shape.depth; k += 16)
        UNROLL for (int v = 0; v < 16 / LANES; v++)
          partial[v] = FN(fma)(FN(load)(AT(x, row, k + v * LANES)), FN(load)(AT(w, o, k + v * LANES)),
                               partial[v]);
      *AT(y, row, o) = FN(fold)(partial) + bias[o];
    }
}

// dh[rows × depth] = dy[rows × outputs] · w[outputs × depth], then dz[rows × depth] *= dh.
// Plain: `gradient` of ReferenceNetwork, the first dh.
static void FN(head_backward)(ctk_shape shape, ctk_input dy, ctk_input w, ctk_output dh, ctk_output dz) {
  for (long row = 0; row < shape.rows; row++)
    for (long k = 0; k < shape.depth; k += LANES) {
      vec sum = FN(all)(0.0f);
      for (long o = 0; o < shape.outputs; o++)
        sum = FN(fma)(FN(all)(*AT(dy, row, o)), FN(load)(AT(w, o, k)), sum);
      FN(store)(AT(dh, row, k), sum);
      FN(store)(AT(dz, row, k), FN(load)(AT(dz, row, k)) * sum);
    }
}
