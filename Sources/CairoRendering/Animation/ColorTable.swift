import Plotting

/// The colours of a GIF, 256 at most, shared by all frames.
///
/// Colours named in the drawings have exact places. The other places hold mixtures of each with the page, the colours
/// of the edges of dots and letters. Pixels are not searched for colours.
struct ColorTable: Sendable {
  /// 0xRRGGBB of each place.
  let colors: [UInt32]
  /// The number of exact places, which come first.
  let exact: Int
  /// The place of the nearest colour for each cell of 5 bits per channel; inverted for cells with exact colours.
  private let nearest: [Int16]

  /// The table for some drawings.
  init(for drawings: [Drawing]) {
    let page = drawings.first?.background ?? Color(0xFFFFFF)
    var used = [page.hex]
    var seen: Set<UInt32> = [page.hex]
    func use(_ hex: UInt32) {
      if used.count < 96, seen.insert(hex).inserted { used.append(hex) }
    }
    for drawing in drawings {
      for item in drawing.flattened { for color in item.colors { use(color.hex) } }
    }
    for drawing in drawings { for hex in drawing.rasterColors { use(hex) } }
    var colors = used
    let partners = used.dropFirst()
    if !partners.isEmpty {
      let levels = min(Self.levels, (256 - used.count) / partners.count)
      for hex in partners {
        let color = Color(hex)
        for level in 1..<(levels + 1) {
          let mixed = page.mixed(with: color, share: Double(level) / Double(levels + 1)).hex
          if seen.insert(mixed).inserted { colors.append(mixed) }
        }
      }
    }
    self.colors = colors
    exact = used.count
    nearest = Self.nearestTable(colors, exact: used.count)
  }

  /// The place of a pixel's colour: the colour itself if it is exact in the table, otherwise the nearest.
  /// - Parameter rgb: 0xRRGGBB.
  func place(of rgb: UInt32) -> UInt8 {
    let cell = nearest[Self.cell(rgb)]
    if cell >= 0 { return UInt8(truncatingIfNeeded: cell) }
    for place in 0..<exact where colors[place] == rgb { return UInt8(truncatingIfNeeded: place) }
    return UInt8(truncatingIfNeeded: ~cell)
  }

  /// The places of all pixels of a picture.
  func places(of image: PixelImage) -> [UInt8] {
    var last: UInt32 = 0
    var lastPlace = place(of: 0)
    return image.pixels.map { pixel in
      let rgb = pixel & 0xFF_FFFF
      // Most pixels are like the one before.
      if rgb != last {
        last = rgb
        lastPlace = place(of: rgb)
      }
      return lastPlace
    }
  }

  /// The largest number of mixtures of a colour with the page: more would enlarge files without a visible difference.
  private static let levels = 8

  private static func cell(_ rgb: UInt32) -> Int {
    let (red, green, blue) = (rgb >> 19 & 31, rgb >> 11 & 31, rgb >> 3 & 31)
    return Int(red << 10 | green << 5 | blue)
  }

  private static func nearestTable(_ colors: [UInt32], exact: Int) -> [Int16] {
    func channels(_ rgb: UInt32) -> SIMD4<Int32> {
      SIMD4(truncatingIfNeeded: SIMD4<UInt32>(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, 0))
    }
    let places = colors.map(channels)
    let weights = SIMD4<Int32>(2, 4, 1, 0)  // roughly how much the eye sees of each channel
    var table = [Int16](repeating: 0, count: 1 << 15)
    for cell in table.indices {
      let corner = SIMD4<Int>(cell >> 10, cell >> 5 & 31, cell & 31, 0) &* 8
      let middle = SIMD4<Int32>(truncatingIfNeeded: corner) &+ SIMD4(4, 4, 4, 0)
      var best = Int32.max
      for place in places.indices {
        let difference = places[place] &- middle
        let distance = (difference &* difference &* weights).wrappedSum()
        if distance < best {
          best = distance
          table[cell] = Int16(place)
        }
      }
    }
    for place in 0..<exact {
      let cell = cell(colors[place])
      if table[cell] >= 0 { table[cell] = ~table[cell] }
    }
    return table
  }
}

extension Color {
  /// 0xRRGGBB without opacity.
  fileprivate var hex: UInt32 { UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue) }
}

extension Drawing {
  /// The colours of the heat maps, to 4 bits per channel.
  fileprivate var rasterColors: Set<UInt32> {
    var colors: Set<UInt32> = []
    for case .raster(let raster) in flattened {
      for place in stride(from: 0, to: raster.pixels.count, by: 3) {
        let (red, green, blue) = (raster.pixels[place], raster.pixels[place + 1], raster.pixels[place + 2])
        colors.insert(Color(red: red, green: green, blue: blue).hex & 0xF0_F0F0 | 0x08_0808)
      }
    }
    return colors
  }
}

extension Drawing.Item {
  /// The colours named in the item.
  fileprivate var colors: [Color] {
    switch self {
    case .shape(let shape): [shape.fill, shape.stroke?.color].compactMap { $0 }
    case .points(let layer): layer.colors
    case .lines(let layer): layer.colors
    case .label(let label): [label.color]
    case .raster, .clip: []
    }
  }
}
