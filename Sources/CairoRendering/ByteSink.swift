/// Collects the bytes that C libraries hand out piece by piece.
final class ByteSink {
  private(set) var bytes: [UInt8] = []

  func append(_ start: UnsafePointer<UInt8>?, count: Int) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: count))
  }

  /// The context for C callbacks; the sink must outlive the call.
  var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  static func from(_ context: UnsafeMutableRawPointer?) -> ByteSink? {
    context.map { Unmanaged<ByteSink>.fromOpaque($0).takeUnretainedValue() }
  }
}
