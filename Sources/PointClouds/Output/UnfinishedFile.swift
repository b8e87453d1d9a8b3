import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The one file of this process that is half written, where the handler of a signal finds it.
package enum UnfinishedFile {
  /// The address of its path as a C string, 0 where there is none. Whoever takes it out owns it.
  private static let path = Atomic<UInt>(0)

  /// Notes that the file at `path` is about to be made.
  static func begin(_ path: String) {
    Self.path.store(UInt(bitPattern: strdup(path)), ordering: .sequentiallyConsistent)
  }

  /// Notes that it is in its place or gone.
  static func end() {
    free(take())
  }

  /// Removes the half-written file, if there is one. Safe in the handler of a signal after ``prepare()``.
  package static func remove() {
    if let path = take() { unlink(path) }
  }

  /// Makes ready what a handler may not make itself.
  package static func prepare() {
    _ = path.load(ordering: .relaxed)
  }

  private static func take() -> UnsafeMutablePointer<CChar>? {
    UnsafeMutablePointer(bitPattern: path.exchange(0, ordering: .sequentiallyConsistent))
  }
}
