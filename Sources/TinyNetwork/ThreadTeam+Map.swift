extension ThreadTeam {
  /// `body` of 0..<count, computed on several threads: result i is `body(i)`, whatever the number of threads.
  ///
  /// Within `body`, more calls of the team run on the calling thread alone.
  /// - Parameter threads: 0 for one a processor.
  public static func map<Result: Sendable>(
    _ count: Int, threads: Int = 0, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    [Result?](unsafeUninitializedCapacity: count) { buffer, initialized in
      for i in 0..<count { buffer.initializeElement(at: i, to: nil) }
      initialized = count
      let places = buffer
      run(threads: resolve(threads), phases: 1, counts: [count]) { _, i in places[i] = body(i) }
    }.compactMap { $0 }
  }
}
