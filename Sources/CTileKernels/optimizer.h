// AdamW with a moving average of the weights, and the norm that clipping needs.
// Loshchilov and Hutter 2019 (arXiv:1711.05101).

// Σ g[rows × width]², row by row.
static double FN(sum_of_squares)(long rows, long width, ctk_input g) {
  double total = 0;
  for (long row = 0; row < rows; row++) {
    vec partial[16 / LANES];
    UNROLL for (int v = 0; v < 16 / LANES; v++) partial[v] = FN(all)(0.0f);
    for (long k = 0; k < width; k += 16)
      UNROLL for (int v = 0; v < 16 / LANES; v++) {
        vec x = FN(load)(AT(g, row, k + v * LANES));
        partial[v] = FN(fma)(x, x, partial[v]);
      }
    total += (double)FN(fold)(partial);
  }
  return total;
}

// All six matrices are rows × width, with one stride.  Plain: the test `adamW` of OptimizersTests.
static void FN(adamw)(ctk_adamw_rows p, ctk_adamw_step step) {
  const vec scale = FN(all)(step.gradient_scale);
  for (long row = 0; row < p.rows; row++)
    for (long k = 0; k < p.width; k += LANES) {
      long at = row * p.stride + k;
      vec gradient = FN(load)(p.gradient + at) * scale;
      vec m = FN(load)(p.first_moment + at), v = FN(load)(p.second_moment + at);
      m = FN(fma)(gradient - m, FN(all)(step.first_moment_rate), m);
      v = FN(fma)(FN(fma)(gradient, gradient, -v), FN(all)(step.second_moment_rate), v);
      vec root = __builtin_elementwise_sqrt(v);
      vec divisor = FN(fma)(root, FN(all)(step.second_moment_scale), FN(all)(step.epsilon));
      vec weight = FN(load)(p.weights + at) * FN(all)(step.shrink);
      weight = FN(fma)(FN(all)(-step.rate), m / divisor, weight);
      vec mean = FN(load)(p.average + at);
      mean = FN(fma)(weight - mean, FN(all)(step.average_rate), mean);
      FN(store)(p.first_moment + at, m);
      FN(store)(p.second_moment + at, v);
      FN(store)(p.weights + at, weight);
      FN(store)(p.average + at, mean);
    }
}
