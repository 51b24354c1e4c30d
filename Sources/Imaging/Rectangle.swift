/// A part of a picture, in pixels from its top left corner; its edges may lie between pixels.
public struct Rectangle: Sendable, Hashable {
    public let left: Double
    public let top: Double
    public let right: Double
    public let bottom: Double

    public init(left: Double, top: Double, right: Double, bottom: Double) {
        self.left = left
        self.top = top
        self.right = right
        self.bottom = bottom
    }

    public var width: Double { right - left }
    public var height: Double { bottom - top }

    public static func whole(_ size: ImageSize) -> Rectangle {
        Rectangle(left: 0, top: 0, right: Double(size.width), bottom: Double(size.height))
    }
}
