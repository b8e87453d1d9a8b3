/// Random numbers as a pure function of (seed, purpose, step, particle, lane).
///
/// There is no state: the same arguments give the same numbers, in any order and on any thread, so a sampler that
/// draws fewer numbers changes no other draw. The generator is Philox4x32-10 (Salmon et al. 2011, *Parallel random
/// numbers: as easy as 1, 2, 3*): the seed is its key; step, particle, lane and purpose are its counter. Normals are
/// made by Box and Muller's method with `PortableMath`, so that their bits are the same on every machine.
///
/// Tests and exercises may use recorded normals instead: `init(recorded:)`.
public struct NoiseSource: Sendable, Hashable {
  private enum Origin: Sendable, Hashable {
    case philox(seed: UInt64, purpose: UInt32)
    case recorded([[SIMD2<Double>]])
  }

  private let origin: Origin
  /// The step of a chain that the draws belong to.
  public private(set) var step: Int

  /// The noise of one seed for one purpose; different purposes are independent.
  public init(seed: UInt64, purpose: Purpose) {
    origin = .philox(seed: seed, purpose: purpose.number)
    step = 0
  }

  /// Noise read from a table instead of drawn: `normals[step][particle]`, lane 0 only.
  package init(recorded normals: [[SIMD2<Double>]]) {
    origin = .recorded(normals)
    step = 0
  }

  /// The noise of the same seed and purpose at another step.
  public func at(step: Int) -> NoiseSource {
    precondition(step >= 0, "step \(step) is negative")
    var other = self
    other.step = step
    return other
  }

  /// Two independent standard normals.
  public func normal(particle: Int, lane: Int = 0) -> SIMD2<Double> {
    if case .recorded(let normals) = origin {
      precondition(lane == 0, "recorded noise has lane 0 only, asked for lane \(lane)")
      precondition(step < normals.count, "recorded noise ends after \(normals.count) steps")
      return normals[step][particle]
    }
    let u = uniform(particle: particle, lane: lane)
    let radius = (-2 * PortableMath.log(u.x)).squareRoot()
    let (sine, cosine) = PortableMath.sineCosine(turns: u.y)
    return SIMD2(radius * cosine, radius * sine)
  }

  /// Two independent numbers, uniform on the open interval (0, 1).
  /// - Precondition: the source is not recorded; recorded noise has normals only.
  public func uniform(particle: Int, lane: Int = 0) -> SIMD2<Double> {
    let words = bits(particle: particle, lane: lane)
    func unit(_ high: UInt32, _ low: UInt32) -> Double {
      let word = UInt64(high) << 32 | UInt64(low)
      return (Double(word >> 12) + 0.5) * 0x1p-52
    }
    return SIMD2(unit(words.x, words.y), unit(words.z, words.w))
  }

  /// An index in 0..<`bound`, uniform up to a bias of `bound` / 2⁶⁴.
  package func index(below bound: Int, particle: Int, lane: Int = 0) -> Int {
    precondition(bound > 0, "an index below \(bound) does not exist")
    let words = bits(particle: particle, lane: lane)
    let word = UInt64(words.x) << 32 | UInt64(words.y)
    return Int(word.multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// 128 random bits.
  package func bits(particle: Int, lane: Int = 0) -> SIMD4<UInt32> {
    guard let (key, counter) = philox(particle: particle, lane: lane) else {
      preconditionFailure("recorded noise has normals only")
    }
    return Philox.block(key: key, counter: counter)
  }

  /// The generator's key and the counter of a draw; `nil` for recorded noise.
  func philox(particle: Int, lane: Int) -> (key: SIMD2<UInt32>, counter: SIMD4<UInt32>)? {
    guard case .philox(let seed, let purpose) = origin else { return nil }
    return (
      SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)),
      SIMD4(
        UInt32(truncatingIfNeeded: particle), UInt32(truncatingIfNeeded: step),
        UInt32(truncatingIfNeeded: lane), purpose)
    )
  }
}

extension NoiseSource {
  /// What a draw is for. Draws for different purposes are independent, and a new purpose changes no existing draw.
  public struct Purpose: Sendable, Hashable {
    /// The name of the purpose.
    package let name: String
    /// The word that stands for the purpose in the generator's counter: the FNV-1a hash of the name.
    package let number: UInt32

    /// The purpose with this name.
    public init(_ name: String) {
      self.name = name
      number = name.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }

    /// Points of a data set.
    public static let data = Purpose("data")
    /// Fresh true points that samples are compared with.
    package static let truth = Purpose("truth")
    /// Held-out points, which training never sees.
    package static let heldOut = Purpose("held out")
    /// The noise that the forward process adds.
    public static let forward = Purpose("forward")
    /// The starting points of reverse chains.
    public static let start = Purpose("start")
    /// The noise that a reverse chain adds at each step.
    public static let sampling = Purpose("sampling")
    /// The initial weights of a network.
    package static let weights = Purpose("weights")
    /// The points of training batches, their times and their noise.
    package static let training = Purpose("training")
  }
}
