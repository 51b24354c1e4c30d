/// An sRGB colour to draw with.
public struct Colour: Sendable, Hashable {
    let red: UInt8
    let green: UInt8
    let blue: UInt8

    /// Takes levels from 0 to 255, gamma-encoded as the bytes of a picture are.
    public init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// What transparent photos, letterboxes and contact sheets are laid on.
    public static let white = Colour(red: 255, green: 255, blue: 255)
    static let ink = Colour(red: 34, green: 34, blue: 34)
    static let faintInk = Colour(red: 120, green: 120, blue: 120)

    var channels: [UInt8] { [red, green, blue] }
}
