extension OKLab {
    /// Reads a colour as people write it: `#7a1f2b`, or one of the names that garments are sold by. `nil` for anything else.
    public init?(named text: String) {
        let name = text.lowercased()
        let digits = name.hasPrefix("#") ? String(name.dropFirst()) : Self.names[name.replacing("grey", with: "gray")]
        guard let digits, digits.count == 6, digits.allSatisfy(\.isHexDigit), let number = UInt32(digits, radix: 16)
        else { return nil }
        self.init(
            red: UInt8(number >> 16), green: UInt8(number >> 8 & 255), blue: UInt8(number & 255))
    }

    /// The nearest colour that a picture can have, as `init(named:)` reads it: `#7a1f2b`.
    public var hexadecimal: String {
        let digits = Array("0123456789abcdef")
        return [levels.red, levels.green, levels.blue].reduce(into: "#") { text, level in
            text += [digits[Int(level >> 4)], digits[Int(level & 15)]]
        }
    }

    /// The names that `init(named:)` knows, in alphabetical order.
    public static var knownNames: [String] { names.keys.sorted() }

    /// As garments in photos mostly are, which is less pure than the colours of screens.
    private static let names = [
        "beige": "d6c6a8", "black": "19191c", "blue": "284b96", "brown": "6e4b32", "burgundy": "641e2d",
        "cream": "f0e8d2", "denim": "4f6a8c", "gray": "828284", "green": "3c8246", "khaki": "8a8560",
        "lilac": "b9a0cd", "mint": "a0d2b9", "mustard": "c89b2d", "navy": "1e2846", "olive": "5f6437",
        "orange": "e67328", "pink": "e696b4", "purple": "6e3c82", "red": "b9232d", "teal": "1e787d",
        "turquoise": "3cb9b4", "white": "eeeeee", "yellow": "f0d73c",
    ]
}
