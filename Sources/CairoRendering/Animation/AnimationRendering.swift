import Plotting
import Parallelism
import PointClouds

extension Rendering {
  /// Writes an animation: as a GIF that loops forever if `path` ends in `.gif` or is a pipe, or as numbered files
  /// `frame-0001.png`, … into a folder if it ends in `/`.
  ///
  /// The same animation gives the same bytes on every run and with any number of threads. Each file is written
  /// under a temporary name and renamed. At the end, left-over frames of a longer animation are removed.
  /// - Parameters:
  ///   - scale: pixels per point.
  ///   - threads: the number of threads; all cores if `nil`.
  ///   - progress: called from time to time with the number of finished frames.
  /// - Returns: the number of old frames removed.
  /// - Throws: ``RenderingError``.
  @discardableResult
  public static func write(
    _ animation: Animation, to path: String, scale: Double = 1.5, threads: Int? = nil,
    progress: (Int) -> Void = { _ in }
  ) throws(RenderingError) -> Int {
    let threads = threads ?? ThreadTeam.processors
    if path.hasSuffix("/") {
      try writeFrames(animation, to: path, scale: scale, threads: threads, progress: progress)
      return FrameFiles.remove(after: animation.frames.count, in: path)
    } else if path.lowercased().hasSuffix(".gif") || OutputPlace.isStream(path) {
      do throws(RenderFailure) {
        let bytes = try gif(animation, scale: scale, threads: threads, progress: progress)
        try save(bytes, to: path)
      } catch {
        throw error.named(path)
      }
      return 0
    } else {
      throw .unknownEnding(path: path, known: [".gif", "/ (a folder of PNG frames)"])
    }
  }

  /// The bytes of an animation as a GIF.
  /// - Throws: ``RenderingError``.
  public static func encodeGIF(
    _ animation: Animation, scale: Double = 1.5, threads: Int? = nil
  ) throws(RenderingError) -> [UInt8] {
    do throws(RenderFailure) {
      return try gif(animation, scale: scale, threads: threads ?? ThreadTeam.processors) { _ in }
    } catch {
      throw error.named("animation.gif")
    }
  }

  /// The number of frames drawn before they are encoded, which bounds the memory of a long animation.
  private static let batch = 16

  private static func writeFrames(
    _ animation: Animation, to folder: String, scale: Double, threads: Int, progress: (Int) -> Void
  ) throws(RenderingError) {
    for first in stride(from: 0, to: animation.frames.count, by: batch) {
      let frames = Array(animation.frames[first..<min(first + batch, animation.frames.count)])
      do throws(RenderFailure) {
        let files = try ThreadTeam.map(frames.count, threads: threads) { i throws(RenderFailure) in
          try PixelImage(frames[i], scale: scale).png(pixelsPerPoint: scale)
        }
        for (i, bytes) in files.enumerated() {
          try save(bytes, to: folder + FrameFiles.name(first + i + 1))
        }
      } catch {
        throw error.named(folder)
      }
      progress(first + frames.count)
    }
  }

  private static func gif(
    _ animation: Animation, scale: Double, threads: Int, progress: (Int) -> Void
  ) throws(RenderFailure) -> [UInt8] {
    let table = ColorTable(for: animation.frames)
    let frameDelay = max(2, Int((100 / animation.framesPerSecond).rounded()))  // viewers ignore shorter ones
    var file: GIF?
    var previous: [UInt8]?
    for first in stride(from: 0, to: animation.frames.count, by: batch) {
      let frames = Array(animation.frames[first..<min(first + batch, animation.frames.count)])
      let images = try ThreadTeam.map(frames.count, threads: threads) { i throws(RenderFailure) in
        let image = try PixelImage(frames[i], scale: scale)
        return (width: image.width, height: image.height, places: table.places(of: image))
      }
      let (width, height) = (images[0].width, images[0].height)
      guard width < 65_536, height < 65_536 else {
        throw .tooLarge(width: Double(width), height: Double(height))
      }
      let before = previous
      let parts = try ThreadTeam.map(frames.count, threads: threads) { i throws(RenderFailure) in
        let isLast = first + i == animation.frames.count - 1
        let delay = frameDelay + (isLast ? Int((100 * animation.hold).rounded()) : 0)
        return GIF.frame(
          images[i].places, after: i == 0 ? before : images[i - 1].places, width: width, delay: delay)
      }
      var open = file ?? GIF(width: width, height: height, table: table)
      for part in parts { open.append(part) }
      file = open
      previous = images[images.count - 1].places
      progress(first + frames.count)
    }
    return file?.finished() ?? []
  }

  private static func save(_ bytes: [UInt8], to path: String) throws(RenderFailure) {
    do {
      try AtomicFile.write(bytes, to: path)
    } catch {
      throw .file(error)
    }
  }
}
