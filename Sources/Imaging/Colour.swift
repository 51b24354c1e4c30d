/// An sRGB colour to draw with.
public struct Colour: Sendable, Hashable {
    public let red: UInt8
    public let green: UInt8
    public let blue: UInt8

    public init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    public static let white = Colour(red: 255, green: 255, blue: 255)
    public static let ink = Colour(red: 34, green: 34, blue: 34)
    public static let faintInk = Colour(red: 120, green: 120, blue: 120)

    var channels: [UInt8] { [red, green, blue] }
}
