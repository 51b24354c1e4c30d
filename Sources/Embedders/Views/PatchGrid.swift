import Networks
import Vectors

/// What a network sees in each place of a framed photo, in few bytes: a local feature of each.
public struct PatchGrid: Sendable, Hashable {
    /// How many numbers describe one place.
    public static let dimension = ViewCalibration.patchDimension

    /// How many places there are across, and down.
    public let side: Int
    /// Row by row from the top, `dimension` numbers a place, of which the greatest is 127 or -127. Only their direction tells
    /// something, not their length.
    public let numbers: [Int8]

    /// Takes numbers as another grid had them; `nil` where they are none of a square grid.
    public init?(numbers: [Int8]) {
        let places = numbers.count / Self.dimension
        side = Int(Double(places).squareRoot().rounded())
        guard places > 0, side * side * Self.dimension == numbers.count else { return nil }
        self.numbers = numbers
    }

    /// Takes the places' numbers, one place's after the other's, row by row from the top; `nil` where they are none of a square
    /// grid.
    init?(places: [Float]) {
        let starts = stride(from: 0, to: places.count, by: Self.dimension)
        self.init(numbers: starts.flatMap { places[$0..<min($0 + Self.dimension, places.count)].inSmallIntegers })
    }
}

extension ViewCalibration {
    static let patchDimension = 64

    /// What is common to all places of garments' photos is left out, from a photo's row.
    func patches(of row: [Float], layers: FeatureLayers) -> PatchGrid? {
        let map = layers.look
        let values = row[layers.texture.count..<layers.texture.count + map.count]
        let places = (0..<map.places).map { place in
            (0..<map.channels).map { values[values.startIndex + $0 * map.places + place] }
        }
        let means = (0..<map.channels).map { channel in
            places.reduce(0) { $0 + $1[channel] } / Float(map.places)
        }
        let length = max(means.product(with: means).squareRoot(), .leastNormalMagnitude)
        return PatchGrid(
            places: places.flatMap { place in
                zip(place, patchMean).map { $0 / length - $1 }.products(withRows: patchDirections)
            })
    }
}

extension ArraySlice<Float> {
    /// As they are to one another, as far as 127 steps tell.
    fileprivate var inSmallIntegers: [Int8] {
        let greatest = lazy.map(\.magnitude).max() ?? 0
        guard greatest > 0 else { return map { _ in 0 } }
        return map { Int8(($0 / greatest * 127).rounded()) }
    }
}
