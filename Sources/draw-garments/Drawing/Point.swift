import Glibc

/// A place on the picture: x runs to the right from the garment's middle line, y down from the picture's top.
struct Point: Sendable, Hashable {
    var x: Double
    var y: Double

    init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }

    /// Angles are in degrees, clockwise as SVG has them; zero points down, as cloth hangs.
    init(_ length: Double, towards angle: Double) {
        let radians = angle * .pi / 180
        self.init(-length * sin(radians), length * cos(radians))
    }

    var mirrored: Point { Point(-x, y) }
    var length: Double { (x * x + y * y).squareRoot() }

    /// A quarter turn to the outside of an outline that runs clockwise.
    var outward: Point { Point(y, -x) * (1 / max(length, 0.001)) }

    static func + (a: Point, b: Point) -> Point { Point(a.x + b.x, a.y + b.y) }
    static func - (a: Point, b: Point) -> Point { Point(a.x - b.x, a.y - b.y) }
    static func * (a: Point, factor: Double) -> Point { Point(a.x * factor, a.y * factor) }

    func towards(_ other: Point, _ share: Double) -> Point {
        self + (other - self) * share
    }
}
