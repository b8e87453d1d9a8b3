// Nothing but multiply-adds in registers: what the processor could do at best.

static float FN(multiply_adds)(long rounds, float x) {
  vec sums[TILE_ROWS][TILE_VECTORS];
  UNROLL for (int r = 0; r < TILE_ROWS; r++) UNROLL for (int v = 0; v < TILE_VECTORS; v++)
    sums[r][v] = FN(all)((float)(r * TILE_VECTORS + v));
  const vec factor = FN(all)(x);
  for (long i = 0; i < rounds; i++)
    UNROLL for (int r = 0; r < TILE_ROWS; r++) UNROLL for (int v = 0; v < TILE_VECTORS; v++)
      sums[r][v] = FN(fma)(sums[r][v], factor, factor);
  float total = 0;
  UNROLL for (int r = 0; r < TILE_ROWS; r++) UNROLL for (int v = 0; v < TILE_VECTORS; v++)
    total += sums[r][v][0];
  return total;
}
