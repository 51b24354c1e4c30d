import Networks
import Vectors

/// What a network sees in each place of a framed photo.
public struct PatchGrid: Sendable, Hashable {
    /// How many places there are across, and down.
    public let side: Int
    /// Row by row from the top, each of length one.
    public let places: [[Float]]
}

extension ViewCalibration {
    /// The look of each place without what is common to all garments' photos, from a photo's row.
    func patches(of row: [Float], layers: FeatureLayers) -> PatchGrid {
        let map = layers.look
        let values = row[layers.texture.count..<layers.texture.count + map.count]
        let places = (0..<map.places).map { place in
            (0..<map.channels).map { values[values.startIndex + $0 * map.places + place] }
        }
        let means = (0..<map.channels).map { channel in
            places.reduce(0) { $0 + $1[channel] } / Float(map.places)
        }
        let length = max(means.reduce(0) { $0 + $1 * $1 }.squareRoot(), .leastNormalMagnitude)
        return PatchGrid(
            side: map.side,
            places: places.map { place in
                Embedding(zip(place, look).map { $0 / length - $1 }).normalized.values
            })
    }
}
