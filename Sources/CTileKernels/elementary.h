// exp, log, sine and cosine as polynomials of our own, so that no C library shows in the bits.

// A few vectors take every step side by side: a step waits for the one before it, and a processor looks only
// so far ahead for other work. i counts the n vectors.
#define EACH UNROLL for (int i = 0; i < n; i++)

// x = exp(x), under 1 ulp for x in [−87, 88]: 2ᵏ·exp(r) with |r| ≤ ½·ln 2.
// Coefficients of Moshier's Cephes `expf`.
INLINE void FN(exp)(const int n, vec *x) {
  const vec magic = FN(all)(12582912.0f);  // 1.5·2²³: adding it rounds to a whole number, in the low bits
  vec shifted[TILE_VECTORS], k[TILE_VECTORS], r[TILE_VECTORS], p[TILE_VECTORS], power[TILE_VECTORS];
  EACH shifted[i] = FN(fma)(x[i], FN(all)(1.44269504088896341f), magic);
  EACH k[i] = shifted[i] - magic;
  EACH r[i] = FN(fma)(k[i], FN(all)(-0.693145751953125f), x[i]);  // ln 2 in two parts
  EACH r[i] = FN(fma)(k[i], FN(all)(-1.42860682030941723212e-6f), r[i]);
  EACH p[i] = FN(fma)(FN(all)(1.9875691500e-4f), r[i], FN(all)(1.3981999507e-3f));
  EACH p[i] = FN(fma)(p[i], r[i], FN(all)(8.3334519073e-3f));
  EACH p[i] = FN(fma)(p[i], r[i], FN(all)(4.1665795894e-2f));
  EACH p[i] = FN(fma)(p[i], r[i], FN(all)(1.6666665459e-1f));
  EACH p[i] = FN(fma)(p[i], r[i], FN(all)(5.0000001201e-1f));
  EACH p[i] = FN(fma)(p[i], r[i] * r[i], r[i]);
  EACH power[i] = (vec)(((uvec)shifted[i] << 23) + (uvec)FN(all)(1.0f));
  EACH x[i] = FN(fma)(p[i], power[i], power[i]);
}

// z becomes SiLU(z) = z·σ(z), and slope its slope σ(z) + SiLU(z)·(1 − σ(z)).
INLINE void FN(silu)(const int n, vec *z, vec *slope) {
  const vec one = FN(all)(1.0f), high = FN(all)(87.0f), low = FN(all)(-88.0f);
  vec sigmoid[TILE_VECTORS];
  EACH sigmoid[i] = z[i] > high ? high : z[i];
  EACH sigmoid[i] = -(sigmoid[i] < low ? low : sigmoid[i]);
  FN(exp)(n, sigmoid);
  EACH sigmoid[i] = one / (one + sigmoid[i]);
  EACH z[i] = z[i] * sigmoid[i];
  EACH slope[i] = FN(fma)(z[i], one - sigmoid[i], sigmoid[i]);
}

// log(x) of a positive normal number, under 1 ulp. Coefficients of Cephes `logf`.
INLINE vec FN(log)(vec x) {
  ivec bits = (ivec)x;
  ivec exponent = (bits - 0x3f3504f3) >> 23;  // mantissa in [√½, √2)
  vec f = (vec)(bits - (exponent << 23)) - FN(all)(1.0f);
  vec e = __builtin_convertvector(exponent, vec);
  vec p = FN(all)(7.0376836292e-2f);
  p = FN(fma)(p, f, FN(all)(-1.1514610310e-1f));
  p = FN(fma)(p, f, FN(all)(1.1676998740e-1f));
  p = FN(fma)(p, f, FN(all)(-1.2420140846e-1f));
  p = FN(fma)(p, f, FN(all)(1.4249322787e-1f));
  p = FN(fma)(p, f, FN(all)(-1.6668057665e-1f));
  p = FN(fma)(p, f, FN(all)(2.0000714765e-1f));
  p = FN(fma)(p, f, FN(all)(-2.4999993993e-1f));
  p = FN(fma)(p, f, FN(all)(3.3333331174e-1f));
  vec square = f * f;
  vec y = p * f * square;
  y = FN(fma)(e, FN(all)(-2.12194440e-4f), y);  // ln 2 in two parts
  y = FN(fma)(square, FN(all)(-0.5f), y);
  return FN(fma)(e, FN(all)(0.693359375f), f + y);
}

// Sine and cosine of full turns: the nearest quarter turn is taken off exactly, |rest| ≤ π/4.
// Coefficients of Cephes `sinf` and `cosf`.
INLINE void FN(turn)(vec turns, vec *sine, vec *cosine) {
  const vec magic = FN(all)(12582912.0f);
  vec shifted = FN(fma)(turns, FN(all)(4.0f), magic);
  uvec quarter = (uvec)shifted;
  vec x = FN(fma)(shifted - magic, FN(all)(-0.25f), turns) * FN(all)(6.283185307179586f);
  vec square = x * x;
  vec s = FN(all)(-1.9515295891e-4f);
  s = FN(fma)(s, square, FN(all)(8.3321608736e-3f));
  s = FN(fma)(s, square, FN(all)(-1.6666654611e-1f));
  s = FN(fma)(s * square, x, x);
  vec c = FN(all)(2.443315711809948e-5f);
  c = FN(fma)(c, square, FN(all)(-1.388731625493765e-3f));
  c = FN(fma)(c, square, FN(all)(4.166664568298827e-2f));
  c = FN(fma)(c, square * square, FN(fma)(square, FN(all)(-0.5f), FN(all)(1.0f)));
  ivec swap = -(ivec)(quarter & 1);
  uvec sine_sign = (quarter << 30) & 0x80000000u;
  uvec cosine_sign = ((quarter + 1) << 30) & 0x80000000u;
  *sine = (vec)((uvec)(swap ? c : s) ^ sine_sign);
  *cosine = (vec)((uvec)(swap ? s : c) ^ cosine_sign);
}

// Plain: `sineCosine(turns:)` of PortableMath.
static void FN(sine_cosine)(long count, const float *turns, float *sine, float *cosine) {
  long end = (count + CTK_DRAW_MULTIPLE - 1) / CTK_DRAW_MULTIPLE * CTK_DRAW_MULTIPLE;
  for (long i = 0; i < end; i += LANES) {
    vec s, c;
    FN(turn)(FN(load)(turns + i), &s, &c);
    FN(store)(sine + i, s);
    FN(store)(cosine + i, c);
  }
}
