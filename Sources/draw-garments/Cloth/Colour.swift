/// A colour of cloth in sRGB.
struct Colour: Sendable, Hashable {
    let red: Double
    let green: Double
    let blue: Double

    init(_ hex: UInt32) {
        self.init(red: Double(hex >> 16 & 255), green: Double(hex >> 8 & 255), blue: Double(hex & 255))
    }

    private init(red: Double, green: Double, blue: Double) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Rec. 601's weights: from 0 for black to 1 for white.
    var lightness: Double { (0.299 * red + 0.587 * green + 0.114 * blue) / 255 }

    func mixed(with other: Colour, _ share: Double) -> Colour {
        Colour(
            red: red + (other.red - red) * share, green: green + (other.green - green) * share,
            blue: blue + (other.blue - blue) * share)
    }

    func darker(_ share: Double) -> Colour { mixed(with: Colour(0x0D0B12), share) }
    func lighter(_ share: Double) -> Colour { mixed(with: Colour(0xFFFDF8), share) }
}

extension Colour: AttributeValue {
    var attributeText: String { "rgb(\(Int(red)),\(Int(green)),\(Int(blue)))" }
}
