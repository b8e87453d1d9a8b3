// Philox4x32-10, a vector of counters at a time, and normals by Box and Muller.
// Salmon, Moraes, Dror and Shaw 2011, *Parallel random numbers: as easy as 1, 2, 3*.

// The high and the low word of every product, from the 64-bit products of the even and the odd lanes.
INLINE void FN(multiply)(uvec a, uint32_t factor, uvec *high, uvec *low) {
  typedef uint64_t pairs __attribute__((ext_vector_type(LANES / 2)));
  pairs even = ((pairs)a & 0xffffffffull) * (pairs)(uint64_t)factor;
  pairs odd = ((pairs)a >> 32) * (pairs)(uint64_t)factor;
  *low = (uvec)((even & 0xffffffffull) | (odd << 32));
  *high = (uvec)((even >> 32) | (odd & 0xffffffff00000000ull));
}

INLINE void FN(philox)(uvec word[4], uint64_t seed) {
  uint32_t key0 = (uint32_t)seed, key1 = (uint32_t)(seed >> 32);
  UNROLL for (int round = 0; round < 10; round++) {
    uvec high0, low0, high1, low1;
    FN(multiply)(word[0], 0xD2511F53u, &high0, &low0);
    FN(multiply)(word[2], 0xCD9E8D57u, &high1, &low1);
    word[0] = high1 ^ word[1] ^ key0;
    word[1] = low1;
    word[2] = high0 ^ word[3] ^ key1;
    word[3] = low0;
    key0 += 0x9E3779B9u;
    key1 += 0xBB67AE85u;
  }
}

// Plain: Philox and NoiseSource of PointClouds.
static void FN(draw)(ctk_counter counter, long count, ctk_draws to) {
  long end = (count + CTK_DRAW_MULTIPLE - 1) / CTK_DRAW_MULTIPLE * CTK_DRAW_MULTIPLE;
  uvec lane;
  UNROLL for (int i = 0; i < LANES; i++) lane[i] = (uint32_t)i;
  for (long i = 0; i < end; i += LANES) {
    uvec word[4] = {lane + (counter.first + (uint32_t)i), (uvec)counter.step, (uvec)0u, (uvec)counter.purpose};
    FN(philox)(word, counter.seed);
    *(FN(unaligned_words) *)(to.word0 + i) = word[0];
    *(FN(unaligned_words) *)(to.word1 + i) = word[1];
    // 24 bits each: u in (0, 1) for the radius, in [0, 1) for the angle.
    vec u = FN(fma)(__builtin_convertvector((ivec)(word[2] >> 8), vec), FN(all)(0x1p-24f), FN(all)(0x1p-25f));
    vec turns = __builtin_convertvector((ivec)(word[3] >> 8), vec) * FN(all)(0x1p-24f);
    vec radius = __builtin_elementwise_sqrt(FN(log)(u) * FN(all)(-2.0f));
    vec sine, cosine;
    FN(turn)(turns, &sine, &cosine);
    FN(store)(to.normal0 + i, radius * cosine);
    FN(store)(to.normal1 + i, radius * sine);
  }
}
