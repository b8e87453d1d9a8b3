// The kernels, once for each instruction set, and the choice among them.
//
// Each block below sets the vocabulary of one instruction set and includes the same body:
//   SUFFIX     ends the names of its functions
//   LANES      floats in a vector
//   TILE_ROWS, TILE_VECTORS   the block of outputs that stays in registers while a chain of sums runs
//   FUSED      whether the processor has a fused multiply-add

#include "CTileKernels.h"

#include <stddef.h>

#if defined(__x86_64__)

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx2,fma"))), apply_to = function)
#define SUFFIX avx512
#define LANES 16
#define TILE_ROWS 6
#define TILE_VECTORS 4
#define FUSED 1
#include "body.h"
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define SUFFIX avx2
#define LANES 8
#define TILE_ROWS 6
#define TILE_VECTORS 2
#define FUSED 1
#include "body.h"
#pragma clang attribute pop

#define SUFFIX sse2
#define LANES 4
#define TILE_ROWS 4
#define TILE_VECTORS 2
#define FUSED 0
#include "body.h"

#elif defined(__aarch64__)

#define SUFFIX neon
#define LANES 4
#define TILE_ROWS 6
#define TILE_VECTORS 4
#define FUSED 1
#include "body.h"

#else

#define SUFFIX portable
#define LANES 4
#define TILE_ROWS 4
#define TILE_VECTORS 2
#define FUSED 0
#include "body.h"

#endif

const ctk_kernels *ctk_available(int index) {
  const ctk_kernels *found[3];
  int count = 0;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw"))
    found[count++] = &table_avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) found[count++] = &table_avx2;
  found[count++] = &table_sse2;
#elif defined(__aarch64__)
  found[count++] = &table_neon;
#else
  found[count++] = &table_portable;
#endif
  return index >= 0 && index < count ? found[index] : NULL;
}

const ctk_kernels *ctk_best(void) { return ctk_available(0); }
