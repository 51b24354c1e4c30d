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
    mutating func areNearlySame(_ photo: FilePath, _ other: FilePath) async throws -> Bool {
        guard let left = try await sketch(of: photo), let right = try await sketch(of: other) else { return false }
        return left.difference(from: right) <= Self.mostDifference
    }

    private mutating func sketch(of photo: FilePath) async throws -> PictureSketch? {
        if let sketch = known[photo] { return sketch }
        let file = try? await PhotoFile.reading(photo)
        try Task.checkCancellation()
        let picture = try? file.map { try decoder.decode($0.bytes, framedFor: PictureSketch.input) }
        let sketch = picture.map { PictureSketch($0) }
        known[photo] = sketch
        return sketch
    }
}
