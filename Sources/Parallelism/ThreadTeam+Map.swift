extension ThreadTeam {
  /// `body` of 0..<count, computed on several threads: result i is `body(i)`, whatever the number of threads.
  ///
  /// Within `body`, more calls of the team run on the calling thread alone.
  /// - Parameter threads: 0 for one per processor.
  /// - Throws: the failure of the lowest index that failed, after all have run.
  package static func map<Value: Sendable, Failure: Error>(
    _ count: Int, threads: Int = 0, _ body: @Sendable (Int) throws(Failure) -> Value
  ) throws(Failure) -> [Value] {
    let results = [Result<Value, Failure>?](unsafeUninitializedCapacity: count) { buffer, initialized in
      for i in 0..<count { buffer.initializeElement(at: i, to: nil) }
      initialized = count
      let places = buffer
      run(threads: resolve(threads), phases: 1, counts: [count]) { _, i in
        places[i] = Result { () throws(Failure) -> Value in try body(i) }
      }
    }
    var values: [Value] = []
    values.reserveCapacity(count)
    for case .some(let result) in results { values.append(try result.get()) }
    return values
  }
}
