extension Exercise {
  /// Exercise 1: the forward process.
  static let forwardProcess = Exercise(
    number: 1,
    title: "The forward process",
    stub: "Sources/Exercises/01-ForwardProcess/ForwardProcessStub.swift",
    lesson: """
      The forward process destroys a picture step by step: each step shrinks every point a little and adds a
      little Gaussian noise. Gaussians add up to Gaussians, so you need not walk: you can jump from the clean
      point x₀ to any step t at once.

      What to write
        The noisy point x_t of a clean point x₀, given its noise ε ~ N(0, I).

      The formula
        q(x_t | x₀) = N(√ᾱ_t · x₀, (1 − ᾱ_t) · I),   ᾱ_t = (1 − β₁)(1 − β₂) ⋯ (1 − β_t)
        ᾱ₀ = 1 is data, ᾱ_T ≈ 0 is noise.   (Ho et al. 2020, eq. 4)

      A hint
        1 − ᾱ_t is a variance. What do you multiply a standard normal by to give it that variance?
        Check yourself: if x₀ has variance 1, x_t has variance 1 at every t.

      To check
        Edit Sources/Exercises/01-ForwardProcess/ForwardProcessStub.swift, then run
        swift run difflab exercises check 1
      """,
    check: { ForwardProcessChecker.check(noisyPoint) },
    checkSolution: { ForwardProcessChecker.check(ForwardProcessSolution.noisyPoint) })
}
