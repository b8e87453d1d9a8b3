// exp, log, sine and cosine as polynomials of our own, so that no C library shows in the bits.

// exp(x), under 1 ulp for x in [−87, 88], clamped outside: 2ⁿ·exp(r) with |r| ≤ ½·ln 2.
// Coefficients of Moshier's Cephes `expf`.
INLINE vec FN(exp)(vec x) {
  x = FN(select)((ivec)(x < FN(all)(-87.0f)), FN(all)(-87.0f), x);
  x = FN(select)((ivec)(x > FN(all)(88.0f)), FN(all)(88.0f), x);
  const vec magic = FN(all)(12582912.0f);  // 1.5·2²³: adding it rounds to a whole number, in the low bits
  vec shifted = FN(fma)(x, FN(all)(1.44269504088896341f), magic);
  vec n = shifted - magic;
  vec r = FN(fma)(n, FN(all)(-0.693145751953125f), x);  // ln 2 in two parts
  r = FN(fma)(n, FN(all)(-1.42860682030941723212e-6f), r);
  vec p = FN(all)(1.9875691500e-4f);
  p = FN(fma)(p, r, FN(all)(1.3981999507e-3f));
  p = FN(fma)(p, r, FN(all)(8.3334519073e-3f));
  p = FN(fma)(p, r, FN(all)(4.1665795894e-2f));
  p = FN(fma)(p, r, FN(all)(1.6666665459e-1f));
  p = FN(fma)(p, r, FN(all)(5.0000001201e-1f));
  p = FN(fma)(p, r * r, r);
  vec power = (vec)(((uvec)shifted << 23) + (uvec)FN(all)(1.0f));
  return FN(fma)(p, power, power);
}

// SiLU(z) = z·σ(z) and its slope σ(z) + SiLU(z)·(1 − σ(z)).
INLINE vec FN(silu)(vec z, vec *slope) {
  vec sigmoid = FN(all)(1.0f) / (FN(all)(1.0f) + FN(exp)(-z));
  vec y = z * sigmoid;
  *slope = FN(fma)(y, FN(all)(1.0f) - sigmoid, sigmoid);
  return y;
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
  *sine = (vec)((uvec)FN(select)(swap, c, s) ^ sine_sign);
  *cosine = (vec)((uvec)FN(select)(swap, s, c) ^ cosine_sign);
}

static void FN(sine_cosine)(long count, const float *turns, float *sine, float *cosine) {
  long end = (count + CTK_DRAW_MULTIPLE - 1) / CTK_DRAW_MULTIPLE * CTK_DRAW_MULTIPLE;
  for (long i = 0; i < end; i += LANES) {
    vec s, c;
    FN(turn)(FN(load)(turns + i), &s, &c);
    FN(store)(sine + i, s);
    FN(store)(cosine + i, c);
  }
}
