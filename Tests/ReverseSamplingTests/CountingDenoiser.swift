import DiffusionProcess
import PointClouds
import Synchronization

/// A denoiser that counts how often it is asked.
final class CountingDenoiser: Denoiser {
  private let wrapped: any Denoiser
  private let count = Atomic(0)

  init(_ wrapped: any Denoiser) {
    self.wrapped = wrapped
  }

  var calls: Int { count.load(ordering: .relaxed) }

  func denoise(_ noisy: PointCloud, at level: NoiseLevel, into clean: inout PointCloud) {
    count.add(1, ordering: .relaxed)
    wrapped.denoise(noisy, at: level, into: &clean)
  }
}
