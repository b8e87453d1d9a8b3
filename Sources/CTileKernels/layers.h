// The hidden layers: forward, back to the layer below, and the gradient of the weights.
//
// All three are the same product. A block of TILE_ROWS × TILE_COLUMNS sums stays in registers while the
// depth runs; what follows the sums (activation, slope, residual) happens before they are stored.

// sums[r][v] += Σ_k a[r·row_stride + k·depth_stride] · b[k·ldb + v·LANES …]
INLINE void FN(accumulate)(const int rows, const int vectors, const float *a, long row_stride,
                           long depth_stride, const float *b, long ldb, long depth,
                           vec sums[TILE_ROWS][TILE_VECTORS]) {
  for (long k = 0; k < depth; k++) {
    vec column[TILE_VECTORS];
    UNROLL for (int v = 0; v < vectors; v++) column[v] = FN(load)(b + v * LANES);
    UNROLL for (int r = 0; r < rows; r++) {
      vec scalar = FN(all)(a[r * row_stride]);
      UNROLL for (int v = 0; v < vectors; v++) sums[r][v] = FN(fma)(scalar, column[v], sums[r][v]);
    }
    a += depth_stride;
    b += ldb;
  }
}

INLINE void FN(forward_tile)(const int rows, const int vectors, long depth, const float *x, long ldx,
                             long column, const float *w, long ldw, const float *bias, float *y, long ldy,
                             float *slope, long lds, int residual) {
  vec sums[TILE_ROWS][TILE_VECTORS];
  UNROLL for (int v = 0; v < vectors; v++) {
    vec start = FN(load)(bias + column + v * LANES);
    UNROLL for (int r = 0; r < rows; r++) sums[r][v] = start;
  }
  FN(accumulate)(rows, vectors, x, ldx, 1, w + column, ldw, depth, sums);
  UNROLL for (int r = 0; r < rows; r++) {
    vec derivative[TILE_VECTORS];
    FN(silu)(vectors, sums[r], derivative);
    if (residual)
      UNROLL for (int v = 0; v < vectors; v++)
        sums[r][v] = sums[r][v] + FN(load)(x + r * ldx + column + v * LANES);
    UNROLL for (int v = 0; v < vectors; v++) FN(store)(y + r * ldy + column + v * LANES, sums[r][v]);
    if (slope)
      UNROLL for (int v = 0; v < vectors; v++) FN(store)(slope + r * lds + column + v * LANES, derivative[v]);
  }
}

static void FN(forward)(long rows, long depth, long width, const float *x, long ldx, const float *w, long ldw,
                        const float *bias, float *y, long ldy, float *slope, long lds, int residual) {
#define TILE(m, n, column, vectors)                                                                    \
  FN(forward_tile)(n, vectors, depth, x + (m) * ldx, ldx, column, w, ldw, bias, y + (m) * ldy, ldy,    \
                   slope ? slope + (m) * lds : NULL, lds, residual)
  FOR_TILES(rows, width, TILE);
#undef TILE
}

static void FN(add_product)(long depth, long width, const float *x, const float *w, long ldw, float *sums) {
  for (long column = 0; column < width; column += LANES) {
    vec sum = FN(load)(sums + column);
    for (long k = 0; k < depth; k++) sum = FN(fma)(FN(all)(x[k]), FN(load)(w + k * ldw + column), sum);
    FN(store)(sums + column, sum);
  }
}

INLINE void FN(backward_tile)(const int rows, const int vectors, long width, long column, const float *dz,
                              long ldz, const float *transposed, long ldt, float *dh, long ldh, float *below,
                              long ldb) {
  vec sums[TILE_ROWS][TILE_VECTORS];
  UNROLL for (int r = 0; r < rows; r++) UNROLL for (int v = 0; v < vectors; v++)
    sums[r][v] = FN(load)(dh + r * ldh + column + v * LANES);
  FN(accumulate)(rows, vectors, dz, ldz, 1, transposed + column, ldt, width, sums);
  UNROLL for (int r = 0; r < rows; r++) UNROLL for (int v = 0; v < vectors; v++) {
    FN(store)(dh + r * ldh + column + v * LANES, sums[r][v]);
    float *place = below + r * ldb + column + v * LANES;
    FN(store)(place, FN(load)(place) * sums[r][v]);
  }
}

static void FN(backward)(long rows, long width, const float *dz, long ldz, const float *transposed, long ldt,
                         float *dh, long ldh, float *below, long ldb) {
#define TILE(m, n, column, vectors)                                                                    \
  FN(backward_tile)(n, vectors, width, column, dz + (m) * ldz, ldz, transposed, ldt, dh + (m) * ldh,   \
                    ldh, below + (m) * ldb, ldb)
  FOR_TILES(rows, width, TILE);
#undef TILE
}

INLINE void FN(gradient_tile)(const int rows, const int vectors, long depth, int continued, const float *x,
                              long ldx, const float *dz, long ldz, float *g, long ldg) {
  vec sums[TILE_ROWS][TILE_VECTORS];
  UNROLL for (int r = 0; r < rows; r++) UNROLL for (int v = 0; v < vectors; v++)
    sums[r][v] = continued ? FN(load)(g + r * ldg + v * LANES) : FN(all)(0.0f);
  FN(accumulate)(rows, vectors, x, 1, ldx, dz, ldz, depth, sums);
  UNROLL for (int r = 0; r < rows; r++) UNROLL for (int v = 0; v < vectors; v++)
    FN(store)(g + r * ldg + v * LANES, sums[r][v]);
}

static void FN(weight_gradient)(long batch, long first, long end, long width, const float *x, long ldx,
                                const float *dz, long ldz, float *g, long ldg) {
  const long block = 128;  // rows of the batch whose x and dz stay in the first-level cache
  for (long from = 0; from < batch; from += block) {
    long depth = batch - from < block ? batch - from : block;
#define TILE(m, n, column, vectors)                                                                    \
  FN(gradient_tile)(n, vectors, depth, from > 0, x + from * ldx + first + (m), ldx,                    \
                    dz + from * ldz + (column), ldz, g + (m) * ldg + (column), ldg)
    FOR_TILES(end - first, width, TILE);
#undef TILE
  }
}

static void FN(bias_gradient)(long batch, long width, const float *dz, long ldz, float *g) {
  for (long column = 0; column < width; column += CTK_WIDTH_MULTIPLE) {
    vec sums[CTK_WIDTH_MULTIPLE / LANES];
    UNROLL for (int v = 0; v < CTK_WIDTH_MULTIPLE / LANES; v++) sums[v] = FN(all)(0.0f);
    for (long row = 0; row < batch; row++)
      UNROLL for (int v = 0; v < CTK_WIDTH_MULTIPLE / LANES; v++)
        sums[v] = sums[v] + FN(load)(dz + row * ldz + column + v * LANES);
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

static void FN(transpose)(long width, const float *w, long ldw, float *transposed, long ldt) {
  for (long r = 0; r < width; r += LANES)
    for (long c = 0; c < width; c += LANES) {
      vec rows[LANES], zipped[LANES];
      UNROLL for (int i = 0; i < LANES; i++) rows[i] = FN(load)(w + (r + i) * ldw + c);
      // Row i and row i + LANES / 2 zipped, as often as LANES halves to 1, is the square block transposed.
      UNROLL for (int side = LANES; side > 1; side /= 2) {
        UNROLL for (int i = 0; i < LANES / 2; i++) {
          zipped[2 * i] = ZIP_LOW(rows[i], rows[i + LANES / 2]);
          zipped[2 * i + 1] = ZIP_HIGH(rows[i], rows[i + LANES / 2]);
        }
        UNROLL for (int i = 0; i < LANES; i++) rows[i] = zipped[i];
      }
      UNROLL for (int i = 0; i < LANES; i++) FN(store)(transposed + (c + i) * ldt + r, rows[i]);
    }
}

#undef ZIP_LOW
#undef ZIP_HIGH
