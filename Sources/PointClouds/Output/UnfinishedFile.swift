import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The partial file of this process, registered for the signal handler that removes it.
package enum UnfinishedFile {
  /// The address of its path as a C string, 0 if there is none. Exchanging it for 0 transfers its ownership.
  private static let path = Atomic<UInt>(0)

  /// Registers the file at `path`, which is about to be created.
  static func begin(_ path: String) {
    Self.path.store(UInt(bitPattern: strdup(path)), ordering: .sequentiallyConsistent)
  }

  /// Unregisters the file, which is renamed or removed.
  static func end() {
    free(take())
  }

  /// Removes the partial file, if there is one. Safe in a signal handler after ``prepare()``.
  package static func remove() {
    if let path = take() { unlink(path) }
  }

  /// Initializes the storage, which a signal handler must not do.
  package static func prepare() {
    _ = path.load(ordering: .relaxed)
  }

  private static func take() -> UnsafeMutablePointer<CChar>? {
    UnsafeMutablePointer(bitPattern: path.exchange(0, ordering: .sequentiallyConsistent))
  }
}
