import Testing

@testable import PointClouds

@Suite("Numbers in tables")
struct DecimalNumberTests {
  private func parse(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    return DecimalNumber(bytes, 0..<bytes.count)?.value
  }

  @Test("have the bits that Swift reads, whatever their digits and powers")
  func bits() throws {
    let noise = NoiseSource(seed: 3, purpose: NoiseSource.Purpose("numbers"))
    func word(_ i: Int, _ lane: Int) -> UInt64 {
      let bits = noise.bits(particle: i, lane: lane)
      return UInt64(bits.x) << 32 | UInt64(bits.y)
    }
    for i in 0..<20_000 {
      let bits = word(i, 0)
      let short = word(i, 1) >> UInt64(noise.index(below: 64, particle: i, lane: 2))
      let places = noise.index(below: 40, particle: i, lane: 3)
      let power = noise.index(below: 700, particle: i, lane: 4) - 370
      let digits = "\(bits)\(bits)".prefix(1 + places)
      var texts = [
        "\(short)e\(places - 20)", "\(bits)e\(power)", "0.\(bits)", "\(digits)", "\(digits)e-\(places)",
      ]
      texts.append(String("\(short)".prefix(3)) + "." + String("\(bits)"))
      let any = Double(bitPattern: bits)
      if any.isFinite { texts.append("\(any)") }
      texts.append("\(Double(short) * 0x1p-60)")
      for text in texts {
        let (found, wanted) = try (#require(parse(text)), #require(Double(text)))
        try #require(found.bitPattern == wanted.bitPattern, "\(text)")
      }
    }
  }

  @Test("are rounded to even in the middle between two neighbours")
  func ties() {
    // 2⁵³ + 1 and its like lie exactly between two numbers.
    for text in [
      "9007199254740993", "9007199254740995", "9007199254740993.0", "900719925474099.3e1",
      "90071992547409930e-1",
      "18014398509481986", "1801439850948198.6e1", "9007199254740993000e3", "5e-324", "2.5e-324",
      "1.7976931348623157e308",
      "9223372036854775807", "18446744073709551615",
      "0.500000000000000166533453693773481063544750213623046875",
    ] {
      #expect(parse(text)?.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
  }

  @Test(
    "may have a sign, a mark and an exponent",
    arguments: [
      ("1e5", 1e5), ("+1.5", 1.5), (".5", 0.5), ("5.", 5), ("-0", -0.0), ("1,5", 1.5), ("1,5E-3", 0.0015),
      ("00012", 12),
      ("1e999", .infinity), ("-1e999", -.infinity), ("1e-999", 0), ("0e99999999999999999999", 0),
    ] as [(String, Double)])
  func forms(text: String, value: Double) {
    #expect(parse(text)?.bitPattern == value.bitPattern)
  }

  @Test(
    "are nothing else",
    arguments: [
      "", "-", "+", ".", ",", "e5", "1e", "1e+", "0x10", "0x1p3", "1_000", "inf", "-inf", "nan", "NaN",
      "infinity",
      "1.2.3", "1,2,3", "1.234,5", "1,234.5", ",5", "5,", "1 2", " 1", "1 ", "1d5", "--1", "+-1", "1e5.5",
      "１", "−1",
    ])
  func others(text: String) {
    #expect(parse(text) == nil)
  }
}
