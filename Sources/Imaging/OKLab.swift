import Foundation

/// A colour by how it looks: equal distances look about equally far apart (Ottosson 2020, “A perceptual color space for image
/// processing”).
public struct OKLab: Sendable, Hashable {
    /// From 0, black, to 1, white.
    public let lightness: Float
    /// From green, below zero, to red.
    public let a: Float
    /// From blue, below zero, to yellow.
    public let b: Float

    /// Takes any numbers.
    public init(lightness: Float, a: Float, b: Float) {
        (self.lightness, self.a, self.b) = (lightness, a, b)
    }

    /// Takes sRGB levels, gamma-encoded as the bytes of a picture are.
    public init(red: UInt8, green: UInt8, blue: UInt8) {
        let (red, green, blue) = (Self.linear[Int(red)], Self.linear[Int(green)], Self.linear[Int(blue)])
        let long = cbrtf(0.412_221_47 * red + 0.536_332_54 * green + 0.051_445_993 * blue)
        let medium = cbrtf(0.211_903_5 * red + 0.680_699_55 * green + 0.107_396_96 * blue)
        let short = cbrtf(0.088_302_46 * red + 0.281_718_84 * green + 0.629_978_7 * blue)
        self.init(
            lightness: 0.210_454_26 * long + 0.793_617_8 * medium - 0.004_072_047 * short,
            a: 1.977_998_5 * long - 2.428_592_2 * medium + 0.450_593_7 * short,
            b: 0.025_904_037 * long + 0.782_771_77 * medium - 0.808_675_77 * short)
    }

    /// The nearest colour that a picture can have, as its levels.
    public var levels: (red: UInt8, green: UInt8, blue: UInt8) {
        let long = cube(lightness + 0.396_337_78 * a + 0.215_803_76 * b)
        let medium = cube(lightness - 0.105_561_346 * a - 0.063_854_173 * b)
        let short = cube(lightness - 0.089_484_178 * a - 1.291_485_5 * b)
        return (
            Self.level(4.076_741_7 * long - 3.307_711_6 * medium + 0.230_969_93 * short),
            Self.level(-1.268_438 * long + 2.609_757_4 * medium - 0.341_319_4 * short),
            Self.level(-0.004_196_086 * long - 0.703_418_6 * medium + 1.707_614_7 * short)
        )
    }

    private func cube(_ number: Float) -> Float { number * number * number }

    private static func level(_ linear: Float) -> UInt8 {
        let share = linear <= 0.003_130_8 ? 12.92 * linear : 1.055 * powf(linear, 1 / 2.4) - 0.055
        return UInt8((min(max(0, share), 1) * 255).rounded())
    }

    /// 1 between black and white.
    public func distance(to other: OKLab) -> Float {
        let (light, green, blue) = (lightness - other.lightness, a - other.a, b - other.b)
        return (light * light + green * green + blue * blue).squareRoot()
    }

    /// Under so many times as much light, where numbers are cube roots of it.
    func scaled(by factor: Float) -> OKLab { OKLab(lightness: lightness * factor, a: a * factor, b: b * factor) }

    private static let linear: [Float] = (0...255).map { level in
        let share = Float(level) / 255
        return share <= 0.040_45 ? share / 12.92 : powf((share + 0.055) / 1.055, 2.4)
    }
}

extension PixelImage {
    /// The colours of its pixels, row by row from the top.
    public var colours: [OKLab] {
        stride(from: 0, to: pixels.count, by: Self.channels).map {
            OKLab(red: pixels[$0], green: pixels[$0 + 1], blue: pixels[$0 + 2])
        }
    }
}
