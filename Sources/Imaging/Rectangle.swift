/// A part of a picture, in pixels from its top left corner; its edges may lie between pixels.
struct Rectangle: Sendable, Hashable {
    let left: Double
    let top: Double
    let right: Double
    let bottom: Double

    init(left: Double, top: Double, right: Double, bottom: Double) {
        self.left = left
        self.top = top
        self.right = right
        self.bottom = bottom
    }

    var width: Double { right - left }
    var height: Double { bottom - top }

    static func whole(_ size: ImageSize) -> Rectangle {
        Rectangle(left: 0, top: 0, right: Double(size.width), bottom: Double(size.height))
    }

    func moved(left: Int, up: Int) -> Rectangle {
        let (across, down) = (Double(left), Double(up))
        return Rectangle(left: self.left - across, top: top - down, right: right - across, bottom: bottom - down)
    }
}
