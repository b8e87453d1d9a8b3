// The hidden layers: forward, back to the layer below, and the gradient of the weights.
//
// All three are the same product. A block of TILE_ROWS × TILE_COLUMNS sums stays in registers while the
// depth runs; what follows the sums (activation, slope, residual) happens before they are stored.

// sums[rows × vectors·LANES] += a[rows × depth] · b[depth × vectors·LANES].  a.stride leads from row to row,
// depth_stride from one summand to the next: 1, or for a transposed matrix its own stride with a.stride 1.
INLINE void FN(accumulate)(const int rows, const int vectors, long depth, ctk_input a, long depth_stride,
                           ctk_input b, vec sums[TILE_ROWS][TILE_VECTORS]) {
  for (long k = 0; k < depth; k++) {
    vec column[TILE_VECTORS];
    UNROLL for (int v = 0; v < vectors; v++) column[v] = FN(load)(b.at + v * LANES);
    UNROLL for (int r = 0; r < rows; r++) {
      vec scalar = FN(all)(a.at[r * a.stride]);
      UNROLL for (int v = 0; v < vectors; v++) sums[r][v] = FN(fma)(scalar, column[v], sums[r][v]);
    }
    a.at += depth_stride;
    b.at += b.stride;
  }
}

// y[rows × width] = [x +] SiLU(z), slope[rows × width] = SiLU′(z), z = x[rows × depth] · w[depth × width] + bias.
INLINE void FN(forward_tile)(const int rows, const int vectors, long m, long column, ctk_forward layer) {
  vec sums[TILE_ROWS][TILE_VECTORS];
  UNROLL for (int v = 0; v < vectors; v++) {
    vec start = FN(load)(layer.bias + column + v * LANES);
    UNROLL for (int r = 0; r < rows; r++) sums[r][v] = start;
  }
  FN(accumulate)(rows, vectors, layer.depth, PART(layer.x, m, 0), 1, PART(layer.w, 0, column), sums);
  UNROLL for (int r = 0; r < rows; r++) {
    vec derivative[TILE_VECTORS];
    FN(silu)(vectors, sums[r], derivative);
    if (layer.residual)
      UNROLL for (int v = 0; v < vectors; v++)
        sums[r][v] = sums[r][v] + FN(load)(AT(layer.x, m + r, column + v * LANES));
    UNROLL for (int v = 0; v < vectors; v++) FN(store)(AT(layer.y, m + r, column + v * LANES), sums[r][v]);
    if (layer.slope.at)
      UNROLL for (int v = 0; v < vectors; v++)
        FN(store)(AT(layer.slope, m + r, column + v * LANES), derivative[v]);
  }
}

// Plain: `forward` of ReferenceNetwork, and its `silu` and `slope`.
static void FN(forward)(ctk_forward layer) {
#define TILE(m, n, column, vectors) FN(forward_tile)(n, vectors, m, column, layer)
  FOR_TILES(layer.rows, layer.width, TILE);
#undef TILE
}

// sums[width] += x[depth] · w[depth × width].  Plain: `apply` of ReferenceNetwork, for some of the inputs.
static void FN(add_product)(long depth, long width, const float *x, ctk_input w, float *sums) {
  for (long column = 0; column < width; column += LANES) {
    vec sum = FN(load)(sums + column);
    for (long k = 0; k < depth; k++) sum = FN(fma)(FN(all)(x[k]), FN(load)(AT(w, k, column)), sum);
    FN(store)(sums + column, sum);
  }
}

// dh[rows × width] += dz[rows × width] · transposed[width × width], then below[rows × width] *= dh.
INLINE void FN(backward_tile)(const int rows, const int vectors, long m, long column, ctk_backward layer) {
  vec sums[TILE_ROWS][TILE_VECTORS];
  UNROLL for (int r = 0; r < rows; r++) UNROLL for (int v = 0; v < vectors; v++)
    sums[r][v] = FN(load)(AT(layer.dh, m + r, column + v * LANES));
  FN(accumulate)(rows, vectors, layer.width, PART(layer.dz, m, 0), 1, PART(layer.transposed, 0, column), sums);
  UNROLL for (int r = 0; r < rows; r++) UNROLL for (int v = 0; v < vectors; v++) {
    FN(store)(AT(layer.dh, m + r, column + v * LANES), sums[r][v]);
    float *place = AT(layer.below, m + r, column + v * LANES);
    FN(store)(place, FN(load)(place) * sums[r][v]);
  }
}

// Plain: `gradient` of ReferenceNetwork, the lines of dh and dz.
static void FN(backward)(ctk_backward layer) {
#define TILE(m, n, column, vectors) FN(backward_tile)(n, vectors, m, column, layer)
  FOR_TILES(layer.rows, layer.width, TILE);
#undef TILE
}

// g[rows × vectors·LANES] (+)= x[depth × rows]ᵀ · dz[depth × vectors·LANES]
INLINE void FN(gradient_tile)(const int rows, const int vectors, long depth, int continued, ctk_input x,
                              ctk_input dz, ctk_output g) {
  vec sums[TILE_ROWS][TILE_VECTORS];
  UNROLL for (int r = 0; r < rows; r++) UNROLL for (int v = 0; v < vectors; v++)
    sums[r][v] = continued ? FN(load)(AT(g, r, v * LANES)) : FN(all)(0.0f);
  FN(accumulate)(rows, vectors, depth, (ctk_input){x.at, 1}, x.stride, dz, sums);
  UNROLL for (int r = 0; r < rows; r++) UNROLL for (int v = 0; v < vectors; v++)
    FN(store)(AT(g, r, v * LANES), sums[r][v]);
}

// g[rows × width] = x[batch × rows]ᵀ · dz[batch × width].  Plain: `gradient` of ReferenceNetwork, summed over
// the batch.
static void FN(weight_gradient)(long batch, long rows, long width, ctk_input x, ctk_input dz, ctk_output g) {
  const long block = 128;  // rows of the batch whose x and dz stay in the first-level cache
  for (long from = 0; from < batch; from += block) {
    long depth = batch - from < block ? batch - from : block;
#define TILE(m, n, column, vectors)                                                                 \
  FN(gradient_tile)(n, vectors, depth, from > 0, PART(x, from, m), PART(dz, from, column),          \
                    (ctk_output){AT(g, m, column), g.stride})
    FOR_TILES(rows, width, TILE);
#undef TILE
  }
}

// g[width] = Σ dz[batch × width] over the batch.  Plain: `gradient` of ReferenceNetwork, db = dz.
static void FN(bias_gradient)(long batch, long width, ctk_input dz, float *g) {
  for (long column = 0; column < width; column += CTK_WIDTH_MULTIPLE) {
    vec sums[CTK_WIDTH_MULTIPLE / LANES];
    UNROLL for (int v = 0; v < CTK_WIDTH_MULTIPLE / LANES; v++) sums[v] = FN(all)(0.0f);
    for (long row = 0; row < batch; row++)
      UNROLL for (int v = 0; v < CTK_WIDTH_MULTIPLE / LANES; v++)
        sums[v] = sums[v] + FN(load)(AT(dz, row, column + v * LANES));
    UNROLL for (int v = 0; v < CTK_WIDTH_MULTIPLE / LANES; v++) FN(store)(g + column + v * LANES, sums[v]);
  }
}

// Interleaves two vectors: a0 b0 a1 b1 … of their first halves, or of their second.
#if LANES == 16
#define ZIP_LOW(a, b) __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define ZIP_HIGH(a, b) __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
#elif LANES == 8
#define ZIP_LOW(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define ZIP_HIGH(a, b) __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
#else
#define ZIP_LOW(a, b) __builtin_shufflevector(a, b, 0, 4, 1, 5)
#define ZIP_HIGH(a, b) __builtin_shufflevector(a, b, 2, 6, 3, 7)
#endif

// transposed[width × width] = w[width × width]ᵀ
static void FN(transpose)(long width, ctk_input w, ctk_output transposed) {
  for (long r = 0; r < width; r += LANES)
    for (long c = 0; c < width; c += LANES) {
      vec rows[LANES], zipped[LANES];
      UNROLL for (int i = 0; i < LANES; i++) rows[i] = FN(load)(AT(w, r + i, c));
      // Row i and row i + LANES / 2 zipped, as often as LANES halves to 1, is the square block transposed.
      UNROLL for (int side = LANES; side > 1; side /= 2) {
        UNROLL for (int i = 0; i < LANES / 2; i++) {
          zipped[2 * i] = ZIP_LOW(rows[i], rows[i + LANES / 2]);
          zipped[2 * i + 1] = ZIP_HIGH(rows[i], rows[i + LANES / 2]);
        }
        UNROLL for (int i = 0; i < LANES; i++) rows[i] = zipped[i];
      }
      UNROLL for (int i = 0; i < LANES; i++) FN(store)(AT(transposed, c + i, r), rows[i]);
    }
}

#undef ZIP_LOW
#undef ZIP_HIGH
