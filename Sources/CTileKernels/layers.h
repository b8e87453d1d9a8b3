// The hidden layers: forward, back to the layer below, and the gradient of the weights.
//
// All three are the same product. A block of TILE_ROWS × TILE_COLUMNS sums stays in registers while the
// depth runs; what follows the sums (activation, slope, residual) happens before they are stored.

// sums[r][v] += Σ_k a[r·row_stride + k·depth_stride] · b[k·ldb + v·LANES …]
INLINE void FN(accumulate)(const int rows, const float *a, long row_stride, long depth_stride,
                           const float *b, long ldb, long depth, vec sums[TILE_ROWS][TILE_VECTORS]) {
  for (long k = 0; k < depth; k++) {
    vec column[TILE_VECTORS];
    UNROLL for (int v = 0; v < TILE_VECTORS; v++) column[v] = FN(load)(b + v * LANES);
    UNROLL for (int r = 0; r < rows; r++) {
      vec scalar = FN(all)(a[r * row_stride]);
      UNROLL for (int v = 0; v < TILE_VECTORS; v++) sums[r][v] = FN(fma)(scalar, column[v], sums[r][v]);
    }
    a += depth_stride;
    b += ldb;
  }
}

INLINE void FN(forward_block)(const int rows, long depth, const float *x, long ldx, long column,
                              const float *w, long ldw, const float *bias, float *y, long ldy,
                              float *slope, long lds, int residual) {
  vec sums[TILE_ROWS][TILE_VECTORS];
  UNROLL for (int v = 0; v < TILE_VECTORS; v++) {
    vec start = FN(load)(bias + column + v * LANES);
    UNROLL for (int r = 0; r < rows; r++) sums[r][v] = start;
  }
  FN(accumulate)(rows, x, ldx, 1, w + column, ldw, depth, sums);
  UNROLL for (int r = 0; r < rows; r++) UNROLL for (int v = 0; v < TILE_VECTORS; v++) {
    long at = column + v * LANES;
    vec derivative;
    vec value = FN(silu)(sums[r][v], &derivative);
    if (residual) value = value + FN(load)(x + r * ldx + at);
    FN(store)(y + r * ldy + at, value);
    if (slope) FN(store)(slope + r * lds + at, derivative);
  }
}

static void FN(forward)(long rows, long depth, long width, const float *x, long ldx, const float *w, long ldw,
                        const float *bias, float *y, long ldy, float *slope, long lds, int residual) {
  for (long column = 0; column < width; column += TILE_COLUMNS) {
#define BLOCK(n)                                                                              \
  FN(forward_block)(n, depth, x + m * ldx, ldx, column, w, ldw, bias, y + m * ldy, ldy,       \
                    slope ? slope + m * lds : NULL, lds, residual)
    FOR_ROW_BLOCKS(m, rows, BLOCK);
#undef BLOCK
  }
}

INLINE void FN(backward_block)(const int rows, long width, long column, const float *dz, long ldz,
                               const float *transposed, long ldt, float *dh, long ldh, float *below,
                               long ldb) {
  vec sums[TILE_ROWS][TILE_VECTORS];
  UNROLL for (int r = 0; r < rows; r++) UNROLL for (int v = 0; v < TILE_VECTORS; v++)
    sums[r][v] = FN(load)(dh + r * ldh + column + v * LANES);
  FN(accumulate)(rows, dz, ldz, 1, transposed + column, ldt, width, sums);
  UNROLL for (int r = 0; r < rows; r++) UNROLL for (int v = 0; v < TILE_VECTORS; v++) {
    FN(store)(dh + r * ldh + column + v * LANES, sums[r][v]);
    float *place = below + r * ldb + column + v * LANES;
    FN(store)(place, FN(load)(place) * sums[r][v]);
  }
}

static void FN(backward)(long rows, long width, const float *dz, long ldz, const float *transposed, long ldt,
                         float *dh, long ldh, float *below, long ldb) {
  for (long column = 0; column < width; column += TILE_COLUMNS) {
#define BLOCK(n)                                                                                   \
  FN(backward_block)(n, width, column, dz + m * ldz, ldz, transposed, ldt, dh + m * ldh, ldh,      \
                     below + m * ldb, ldb)
    FOR_ROW_BLOCKS(m, rows, BLOCK);
#undef BLOCK
  }
}

INLINE void FN(gradient_block)(const int rows, long depth, int continued, const float *x, long ldx,
                               const float *dz, long ldz, float *g, long ldg) {
  vec sums[TILE_ROWS][TILE_VECTORS];
  UNROLL for (int r = 0; r < rows; r++) UNROLL for (int v = 0; v < TILE_VECTORS; v++)
    sums[r][v] = continued ? FN(load)(g + r * ldg + v * LANES) : FN(all)(0.0f);
  FN(accumulate)(rows, x, 1, ldx, dz, ldz, depth, sums);
  UNROLL for (int r = 0; r < rows; r++) UNROLL for (int v = 0; v < TILE_VECTORS; v++)
    FN(store)(g + r * ldg + v * LANES, sums[r][v]);
}

static void FN(weight_gradient)(long batch, long first, long end, long width, const float *x, long ldx,
                                const float *dz, long ldz, float *g, long ldg) {
  const long block = 128;  // rows of the batch whose x and dz stay in the first-level cache
  for (long from = 0; from < batch; from += block) {
    long depth = batch - from < block ? batch - from : block;
    for (long column = 0; column < width; column += TILE_COLUMNS) {
#define BLOCK(n)                                                                           \
  FN(gradient_block)(n, depth, from > 0, x + from * ldx + first + m, ldx,                  \
                     dz + from * ldz + column, ldz, g + m * ldg + column, ldg)
      FOR_ROW_BLOCKS(m, end - first, BLOCK);
#undef BLOCK
    }
  }
}

static void FN(bias_gradient)(long batch, long width, const float *dz, long ldz, float *g) {
  for (long column = 0; column < width; column += TILE_COLUMNS) {
    vec sums[TILE_VECTORS];
    UNROLL for (int v = 0; v < TILE_VECTORS; v++) sums[v] = FN(all)(0.0f);
    for (long row = 0; row < batch; row++)
      UNROLL for (int v = 0; v < TILE_VECTORS; v++)
        sums[v] = sums[v] + FN(load)(dz + row * ldz + column + v * LANES);
    UNROLL for (int v = 0; v < TILE_VECTORS; v++) FN(store)(g + column + v * LANES, sums[v]);
  }
}

static void FN(transpose)(long first, long end, long width, const float *w, long ldw, float *transposed,
                          long ldt) {
  typedef float four __attribute__((ext_vector_type(4), aligned(4)));
  long r = first;
  for (; r + 4 <= end; r += 4) {
    for (long c = 0; c < width; c += 4) {
      const float *from = w + r * ldw + c;
      four r0 = *(const four *)from, r1 = *(const four *)(from + ldw);
      four r2 = *(const four *)(from + 2 * ldw), r3 = *(const four *)(from + 3 * ldw);
      four low0 = __builtin_shufflevector(r0, r1, 0, 4, 1, 5), low1 = __builtin_shufflevector(r2, r3, 0, 4, 1, 5);
      four high0 = __builtin_shufflevector(r0, r1, 2, 6, 3, 7), high1 = __builtin_shufflevector(r2, r3, 2, 6, 3, 7);
      float *to = transposed + c * ldt + r;
      *(four *)to = __builtin_shufflevector(low0, low1, 0, 1, 4, 5);
      *(four *)(to + ldt) = __builtin_shufflevector(low0, low1, 2, 3, 6, 7);
      *(four *)(to + 2 * ldt) = __builtin_shufflevector(high0, high1, 0, 1, 4, 5);
      *(four *)(to + 3 * ldt) = __builtin_shufflevector(high0, high1, 2, 3, 6, 7);
    }
  }
  for (; r < end; r++)
    for (long c = 0; c < width; c++) transposed[c * ldt + r] = w[r * ldw + c];
}
