import Testing

@testable import PointClouds

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite("NPZ archives")
struct ZIPArchiveTests {
  /// As Python's zipfile writes them for numpy.savez and numpy.savez_compressed, of [[1, 2], [3, −4.5]].
  static let stored = bytes(
    "UEsDBC0AAAAAAAAAIQCD1AW2//////////8JABQAYXJyXzAubnB5AQAQAKAAAAAAAAAAoAAAAAAAAACTTlVNUFkBAHYAeydkZXNjcic6ICc8ZjgnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwgMiksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgCgAAAAAAAPA/AAAAAAAAAEAAAAAAAAAIQAAAAAAAABLAUEsBAi0DLQAAAAAAAAAhAIPUBbagAAAAoAAAAAkAAAAAAAAAAAAAAIABAAAAAGFycl8wLm5weVBLBQYAAAAAAQABADcAAADbAAAAAAA="
  )
  static let deflated = bytes(
    "UEsDBC0AAAAIAAAAIQCD1AW2//////////8JABQAYXJyXzAubnB5AQAQAKAAAAAAAAAAVQAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2ahrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgpGmjoKtQpkAy4GMPhgD6EZHCAUB5QWOgAAUEsBAi0DLQAAAAgAAAAhAIPUBbZVAAAAoAAAAAkAAAAAAAAAAAAAAIABAAAAAGFycl8wLm5weVBLBQYAAAAAAQABADcAAACQAAAAAAA="
  )
  private static let several = bytes(
    "UEsDBC0AAAAIAAAAIQCD1AW2//////////8FABQAYS5ucHkBABAAoAAAAAAAAABVAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CkaaOgq1CmQDLgYw+GAPoRkcIBQHlBY6AABQSwMELQAAAAgAAAAhAIPUBbb//////////wUAFABiLm5weQEAEACgAAAAAAAAAFUAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbpNmoa6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaRjoKRpo6CrUKZAMuBjD4YA+hGRwgFAeUFjoAAFBLAQItAy0AAAAIAAAAIQCD1AW2VQAAAKAAAAAFAAAAAAAAAAAAAACAAQAAAABhLm5weVBLAQItAy0AAAAIAAAAIQCD1AW2VQAAAKAAAAAFAAAAAAAAAAAAAACAAYwAAABiLm5weVBLBQYAAAAAAgACAGYAAAAYAQAAAAA="
  )
  /// 2,345 bytes of words, deflated by zlib at level 9 with codes of its own.
  static let words = bytes(
    "fZZRDoJADESv4tUWJWoCYsT7R6USnzzHn01T2k47O7tL19/b7jKd5/69di/HsY3j6j70w9Mz76fbGtKG66l92RXDrKXMslRmRRCoPKy+zek+vTGsIGkjsBzVCW3isyPanrQ8oKRKAlURLu4GaJM0f1VhzsRpwBhRWZcEhSS25IHNmNkGH6afSRSRpeR2bAuEhVN5bJrrggnW5Yp8rumopGNDVGZpXxiSiDD///1sDSQS27BWFT0WhdVmSpllvYJwmR6fHVsCgVcIidNsMX2mORFxPN32liAL6ooyAr5xfs9gdPeG8KQqbzs9FrxOPppO9/5fDZrpJHqkWvPijrXAAKXqS0hPTLgrPKMPguTlcIRoOLSylWi6PEPp9Dp4Q8O757uWST72BlE3fi/86xAuZB9+/RJQTd6e8GBBpQ8="
  )

  private static func bytes(_ base64: String) -> [UInt8] { Array(Data(base64Encoded: base64) ?? Data()) }

  @Test("with one array are read, stored or deflated")
  func one() throws {
    for bytes in [Self.stored, Self.deflated] {
      #expect(try NPYFile.parse(bytes, path: "p.npz").cloud.points == [SIMD2(1, 2), SIMD2(3, -4.5)])
    }
  }

  @Test("with several arrays are refused with their names")
  func many() throws {
    let error = try #require(throws: FileError.self) { try NPYFile.parse(Self.several, path: "p.npz") }
    #expect(error.problem == "holds 2 arrays: a and b")
  }

  @Test("that are cut or damaged are refused at every byte")
  func damaged() throws {
    for bytes in [Self.stored, Self.deflated] {
      for count in 4..<bytes.count {
        #expect(throws: FileError.self) { try NPYFile.parse(Array(bytes.prefix(count)), path: "p.npz") }
      }
      // The array lies between the local header and the directory; its check sum finds any change.
      for place in 60..<130 {
        var changed = bytes
        changed[place] ^= 0x10
        #expect(throws: FileError.self) { try NPYFile.parse(changed, path: "p.npz") }
      }
    }
    let other = Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 0, count: 30)
    #expect(throws: FileError.self) { try NPYFile.parse(other, path: "p.npz") }
  }

  @Test("are inflated whatever the codes of their blocks, and never beyond the limit")
  func inflate() throws {
    let text = try #require(Inflate.bytes(of: Self.words[...], limit: 2345))
    #expect(text.count == 2345 && ZIPArchive.checksum(text) == 600_891_300)
    #expect(Inflate.bytes(of: Self.words[...], limit: 2344) == nil)
    // A stored block, and the fixed codes: "aaaa" as one letter and a copy of three.
    #expect(Inflate.bytes(of: [1, 2, 0, 0xFD, 0xFF, 7, 9], limit: 9) == [7, 9])
    #expect(Inflate.bytes(of: [0x4B, 0x04, 0x02, 0x00], limit: 9) == Array("aaaa".utf8))
    // A copy from before the beginning, a block of an unknown type, no end.
    #expect(Inflate.bytes(of: [0x03, 0x02, 0x00], limit: 9) == nil)
    #expect(Inflate.bytes(of: [0x07], limit: 9) == nil && Inflate.bytes(of: [], limit: 9) == nil)
  }
}
