import DiffusionLab

/// A common mistake: what it computes, and the message about it.
struct Mistake<Input>: Sendable {
  /// What the learner probably did, and the correction.
  let reason: String
  /// The value that the mistake gives.
  let answer: @Sendable (Input) -> SIMD2<Double>

  init(_ reason: String, _ answer: @escaping @Sendable (Input) -> SIMD2<Double>) {
    self.reason = reason
    self.answer = answer
  }
}

/// Compares a learner's function with the right one and with common mistakes.
struct AnswerCheck<Input>: Sendable where Input: CustomStringConvertible & Sendable {
  /// The inputs to compare the functions on; the first is shown in messages.
  ///
  /// They are away from both ends of the chain, so that an index that is off by one is reported instead of crashing.
  let inputs: [Input]
  /// Inputs at the ends of the chain, for answers that are right on the others.
  let edges: [Input]
  /// The right answer.
  let right: @Sendable (Input) -> SIMD2<Double>
  /// The common mistakes; each differs from the right answer and from the other mistakes on the inputs.
  let mistakes: [Mistake<Input>]

  /// The verdict: right, not done, or wrong with the reason and an example.
  ///
  /// Two answers are equal if they differ by at most 1e-9, relative to numbers beyond 1: orders of summation differ
  /// by far less, mistakes by far more.
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

/// A point in messages: `(0.2500, -1.0000)`.
func text(_ point: SIMD2<Double>) -> String {
  "(\(point.x.fixed(4)), \(point.y.fixed(4)))"
}
