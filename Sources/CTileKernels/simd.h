// The vocabulary of one instruction set: vectors, loads, stores, and the one multiply-add.

#pragma STDC FP_CONTRACT OFF  // only the multiply-adds that are written are fused

typedef float FN(vec) __attribute__((ext_vector_type(LANES)));
typedef float FN(unaligned) __attribute__((ext_vector_type(LANES), aligned(4)));
typedef int32_t FN(ivec) __attribute__((ext_vector_type(LANES)));
typedef uint32_t FN(uvec) __attribute__((ext_vector_type(LANES)));
typedef uint32_t FN(unaligned_words) __attribute__((ext_vector_type(LANES), aligned(4)));
#define vec FN(vec)
#define ivec FN(ivec)
#define uvec FN(uvec)
#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

INLINE vec FN(load)(const float *p) { return *(const FN(unaligned) *)p; }
INLINE void FN(store)(float *p, vec v) { *(FN(unaligned) *)p = v; }
INLINE vec FN(all)(float x) { return (vec)x; }

// a·b + c, rounded once where the processor can.
INLINE vec FN(fma)(vec a, vec b, vec c) {
#if FUSED
  return __builtin_elementwise_fma(a, b, c);
#else
  return a * b + c;
#endif
}

/// Where a number of a matrix is.
#define AT(matrix, row, column) ((matrix).at + (row) * (matrix).stride + (column))
/// A matrix from one of its numbers on, to read.
#define PART(matrix, row, column) ((ctk_input){AT(matrix, row, column), (matrix).stride})

/// Columns of the block of outputs that is kept in registers.
#define TILE_COLUMNS (LANES * TILE_VECTORS)

/// Runs TILE(m, n, column, vectors) on blocks of n rows from row m and `vectors` vectors from a column, both
/// constants, until all rows of all columns are done.
#define FOR_TILES(rows, width, TILE)                                                              \
  do {                                                                                            \
    long column = 0;                                                                              \
    for (; column + TILE_COLUMNS <= (width); column += TILE_COLUMNS)                              \
      FOR_ROW_BLOCKS(rows, column, TILE_VECTORS, TILE);                                           \
    FOR_LAST_COLUMNS(rows, column, width, TILE);                                                  \
  } while (0)

#define FOR_ROW_BLOCKS(rows, column, vectors, TILE)                                               \
  do {                                                                                            \
    long m = 0;                                                                                   \
    for (; m + TILE_ROWS <= (rows); m += TILE_ROWS) TILE(m, TILE_ROWS, column, vectors);          \
    for (; m + 4 <= (rows); m += 4) TILE(m, 4, column, vectors);                                  \
    for (; m + 2 <= (rows); m += 2) TILE(m, 2, column, vectors);                                  \
    for (; m < (rows); m++) TILE(m, 1, column, vectors);                                          \
  } while (0)

// A width is a multiple of CTK_WIDTH_MULTIPLE, but not of a wider block.
#if LANES * TILE_VECTORS > CTK_WIDTH_MULTIPLE
#define FOR_LAST_COLUMNS(rows, column, width, TILE) \
  if (column < (width)) FOR_ROW_BLOCKS(rows, column, CTK_WIDTH_MULTIPLE / LANES, TILE)
#else
#define FOR_LAST_COLUMNS(rows, column, width, TILE) ((void)0)
#endif
