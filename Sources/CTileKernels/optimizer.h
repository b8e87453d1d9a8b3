// AdamW with a moving average of the weights, and the norm that clipping needs.
// Loshchilov and Hutter 2019 (arXiv:1711.05101).

static double FN(sum_of_squares)(long rows, long width, const float *g, long ldg) {
  double total = 0;
  for (long row = 0; row < rows; row++) {
    vec partial[16 / LANES];
    UNROLL for (int v = 0; v < 16 / LANES; v++) partial[v] = FN(all)(0.0f);
    for (long k = 0; k < width; k += 16)
      UNROLL for (int v = 0; v < 16 / LANES; v++) {
        vec x = FN(load)(g + row * ldg + k + v * LANES);
        partial[v] = FN(fma)(x, x, partial[v]);
      }
    total += (double)FN(fold)(partial);
  }
  return total;
}

static void FN(adamw)(long rows, long width, long ld, const float *g, float *w, float *first_moment,
                      float *second_moment, float *average, const ctk_adamw_step *step) {
  const vec scale = FN(all)(step->gradient_scale);
  for (long row = 0; row < rows; row++)
    for (long k = 0; k < width; k += LANES) {
      long at = row * ld + k;
      vec gradient = FN(load)(g + at) * scale;
      vec m = FN(load)(first_moment + at), v = FN(load)(second_moment + at);
      m = FN(fma)(gradient - m, FN(all)(step->first_moment_rate), m);
      v = FN(fma)(FN(fma)(gradient, gradient, -v), FN(all)(step->second_moment_rate), v);
      vec root = __builtin_elementwise_sqrt(v);
      vec divisor = FN(fma)(root, FN(all)(step->second_moment_scale), FN(all)(step->epsilon));
      vec weight = FN(load)(w + at) * FN(all)(step->shrink);
      weight = FN(fma)(FN(all)(-step->rate), m / divisor, weight);
      vec mean = FN(load)(average + at);
      mean = FN(fma)(weight - mean, FN(all)(step->average_rate), mean);
      FN(store)(first_moment + at, m);
      FN(store)(second_moment + at, v);
      FN(store)(w + at, weight);
      FN(store)(average + at, mean);
    }
}
