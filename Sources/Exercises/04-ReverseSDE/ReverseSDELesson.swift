extension Exercise {
  /// Exercise 4: one step of the reverse SDE.
  static let reverseSDE = Exercise(
    number: 4,
    title: "One step of the reverse SDE",
    stub: "Sources/Exercises/04-ReverseSDE/ReverseSDEStub.swift",
    lesson: """
      In continuous time the forward process is a stochastic differential equation: a drift f·x that shrinks
      the point, and noise of strength g. Run backwards in time, it is an SDE again, with the same noise; its
      drift gains −g²·ψ, where ψ = ∇ log p_t is the score: the pull back to where the data are.

      What to write
        One Euler–Maruyama step of the reverse SDE, from time t to t − h: the drift times the length of the
        step, and the noise of that length.

      The formula
        forward   dx = f·x dt + g dw
        reverse   dx = (f·x − g²·ψ) dt + g dw̄       backwards in time
        so        x_{t−h} = x_t − (f·x_t − g²·ψ)·h + g·√h·ζ        ζ ~ N(0, I)
                                                     (Anderson 1982; Song et al. 2021b, eq. 6)

      A hint
        Time runs backwards, so the drift is subtracted: f is negative, and the point grows again. Noise over
        a length h has the variance g²·h. With ½·g² in place of g², and without noise, the same step is
        Euler's for the probability-flow ODE, whose clouds have the same distribution.

      To check
        Edit Sources/Exercises/04-ReverseSDE/ReverseSDEStub.swift, then run
        swift run difflab exercises check 4
      """,
    check: { ReverseSDEChecker.check(Exercises.reverseSDEStep) },
    checkSolution: { ReverseSDEChecker.check(ReverseSDESolution.reverseSDEStep) })
}
