import DiffusionLab

/// A usual wrong answer: what it computes, and what to say to it.
struct Mistake<Input>: Sendable {
  /// What was probably done and what should be done.
  let reason: String
  /// What the mistake gives.
  let answer: @Sendable (Input) -> SIMD2<Double>

  init(_ reason: String, _ answer: @escaping @Sendable (Input) -> SIMD2<Double>) {
    self.reason = reason
    self.answer = answer
  }
}

/// Compares a learner's function with the right one and with the usual wrong ones.
struct AnswerCheck<Input>: Sendable where Input: CustomStringConvertible & Sendable {
  /// Where the functions are compared; the first is the one to show.
  ///
  /// Away from both ends of the chain, so that an index that is off by one is told and ends no process.
  let inputs: [Input]
  /// Inputs at the ends of the chain, where only an answer that is right elsewhere is asked.
  let edges: [Input]
  /// The right answer.
  let right: @Sendable (Input) -> SIMD2<Double>
  /// The usual wrong answers, each different from the right one and from the others on the inputs.
  let mistakes: [Mistake<Input>]

  /// Right, not done, or wrong with the reason and an example.
  ///
  /// An answer counts as equal to another where it is within 1e-9 of it, relative to numbers beyond 1: orders
  /// of summation differ by far less, the mistakes by far more.
  func verdict(of answer: (Input) -> SIMD2<Double>?) -> Verdict {
    let inside = verdict(of: answer, at: inputs)
    return inside == .right ? verdict(of: answer, at: inputs + edges) : inside
  }

  private func verdict(of answer: (Input) -> SIMD2<Double>?, at inputs: [Input]) -> Verdict {
    let answers = inputs.map(answer)
    if answers.allSatisfy({ $0 == nil }) { return .notDone }
    if let missing = answers.firstIndex(where: { $0 == nil }) {
      return wrong(
        "Your function gives nil here and numbers elsewhere.", at: inputs[missing], answers[missing])
    }
    let expected = inputs.map(right)
    let wrongPlaces = inputs.indices.filter { !isSame(answers[$0], expected[$0]) }
    guard let first = wrongPlaces.first else { return .right }
    for mistake in mistakes
    where inputs.indices.allSatisfy({ isSame(answers[$0], mistake.answer(inputs[$0])) }) {
      return wrong(mistake.reason, at: inputs[first], answers[first])
    }
    if let strange = wrongPlaces.first(where: { !isFinite(answers[$0]) }) {
      return wrong(
        "Your answer is not a finite number: look for a division by 0 and for the root of a negative number.",
        at: inputs[strange], answers[strange])
    }
    let agreeing = inputs.count - wrongPlaces.count
    let partly = agreeing == 0 ? "" : " It is right for \(agreeing) of \(inputs.count) inputs."
    return wrong(
      "This is none of the usual mistakes.\(partly) Compare the numbers.", at: inputs[first],
      answers[first])
  }

  private func wrong(_ reason: String, at input: Input, _ answer: SIMD2<Double>?) -> Verdict {
    .wrong(
      Explanation(
        reason: reason, input: input.description, yours: answer.map(text) ?? "nil",
        right: text(right(input))))
  }

  private func isSame(_ a: SIMD2<Double>?, _ b: SIMD2<Double>) -> Bool {
    guard let a else { return false }
    func isSame(_ a: Double, _ b: Double) -> Bool {
      a.isFinite && b.isFinite
        ? abs(a - b) <= 1e-9 * max(1, abs(b)) : a.isNaN == b.isNaN && (a.isNaN || a == b)
    }
    return isSame(a.x, b.x) && isSame(a.y, b.y)
  }

  private func isFinite(_ point: SIMD2<Double>?) -> Bool {
    point.map { $0.x.isFinite && $0.y.isFinite } ?? false
  }
}

/// A point as a learner reads it: `(0.2500, -1.0000)`.
func text(_ point: SIMD2<Double>) -> String {
  "(\(point.x.fixed(4)), \(point.y.fixed(4)))"
}
