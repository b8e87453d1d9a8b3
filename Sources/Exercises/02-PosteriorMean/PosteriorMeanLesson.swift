extension Exercise {
  /// Exercise 2: the posterior mean.
  static let posteriorMean = Exercise(
    number: 2,
    title: "The posterior mean",
    stub: "Sources/Exercises/02-PosteriorMean/PosteriorMeanStub.swift",
    lesson: """
      To go back from noise to data you need q(x_{t−1} | x_t), which is unknown. But given the clean point x₀
      as well, it is a Gaussian that you can write down: what you know from x_t and what you know from x₀,
      weighted by how sure each is. The ancestral sampler is this formula with the network's guess for x₀.

      What to write
        The mean μ̃_t of q(x_{t−1} | x_t, x₀).

      The formula
             √ᾱ_{t−1} · β_t          √α_t · (1 − ᾱ_{t−1})
        μ̃_t = ─────────────── · x₀ + ───────────────────── · x_t,   α_t = 1 − β_t
                1 − ᾱ_t                    1 − ᾱ_t
                                                     (Ho et al. 2020, eq. 7)

      A hint
        α_t is one step, ᾱ_t is all steps up to t. Check yourself at t = 1: ᾱ₀ = 1, so the mean is x₀ itself.

      To check
        Edit Sources/Exercises/02-PosteriorMean/PosteriorMeanStub.swift, then run
        swift run difflab exercises check 2
      """,
    check: { PosteriorMeanChecker.check(Exercises.posteriorMean) },
    checkSolution: { PosteriorMeanChecker.check(PosteriorMeanSolution.posteriorMean) })
}
