extension Exercise {
  /// Exercise 3: one DDIM step.
  static let ddimStep = Exercise(
    number: 3,
    title: "One DDIM step",
    stub: "Sources/Exercises/03-DDIMStep/DDIMStepStub.swift",
    lesson: """
      The ancestral sampler takes every step and adds noise at each. DDIM adds none: it guesses the clean
      point from the predicted noise, then goes forward again to the earlier time s, with the same noise. So
      it can leave steps out, and the same starting noise always gives the same sample.

      What to write
        x_s from x_t and the predicted noise ε̂, for any s < t, without fresh noise (η = 0).

      The formula
        x̂₀  = (x_t − √(1 − ᾱ_t) · ε̂) / √ᾱ_t
        x_s = √ᾱ_s · x̂₀ + √(1 − ᾱ_s) · ε̂
                                                     (Song et al. 2021, eq. 12 with σ = 0)

      A hint
        The first line is the forward process of exercise 1 solved for x₀, the second is the forward process
        itself. Check yourself at s = 0: the step ends at x̂₀.

      To check
        Edit Sources/Exercises/03-DDIMStep/DDIMStepStub.swift, then run
        swift run difflab exercises check 3
      """,
    check: { DDIMStepChecker.check(Exercises.ddimStep) },
    checkSolution: { DDIMStepChecker.check(DDIMStepSolution.ddimStep) })
}
