import Imaging
import SystemPackage

/// Sketches of photos that were compared already.
struct PhotoSketches {
    /// Photos of a garment in two colours differ by .1 and more, unless the colour is that of a small part.
    private static let mostDifference: Float = 0.06

    let decoder: ImageDecoder
    private var known: [FilePath: PictureSketch?] = [:]

    init(decoder: ImageDecoder) { self.decoder = decoder }

    /// Photos that cannot be read any more are not.
    mutating func areNearlySame(_ photo: FilePath, _ other: FilePath) -> Bool {
        guard let left = sketch(of: photo), let right = sketch(of: other) else { return false }
        return left.difference(from: right) <= Self.mostDifference
    }

    private mutating func sketch(of photo: FilePath) -> PictureSketch? {
        if let sketch = known[photo] { return sketch }
        let picture = try? decoder.decode(PhotoFile(reading: photo).bytes, framedFor: PictureSketch.input)
        let sketch = picture.map { PictureSketch($0) }
        known[photo] = sketch
        return sketch
    }
}
