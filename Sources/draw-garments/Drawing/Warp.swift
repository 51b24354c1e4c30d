import Glibc

/// A gentle unevenness of the plane: cloth never lies quite straight.
struct Warp: Sendable {
    private let amplitude: Double
    private let wavelength: Double
    private let phases: [Double]

    init(amplitude: Double, wavelength: Double, random: inout SplitMix64) {
        self.amplitude = amplitude
        self.wavelength = wavelength
        phases = (0..<6).map { _ in random.number(0, 2 * .pi) }
    }

    /// Repeats itself every wavelength in both directions, as a tile must.
    func callAsFunction(_ point: Point) -> Point {
        let across = 2 * .pi * point.x / wavelength
        let down = 2 * .pi * point.y / wavelength
        let right = sin(down + phases[0]) + 0.7 * sin(across + phases[1]) + 0.4 * sin(down * 2 + across + phases[2])
        let below = sin(across + phases[3]) + 0.5 * sin(down - across + phases[4]) + 0.5 * sin(across * 2 + phases[5])
        return point + Point(right, below) * amplitude
    }
}
