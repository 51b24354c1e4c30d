import Embedders
import Imaging
import SystemPackage
import Vectors

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Photos that were chosen evenly from folders, decoded and framed.
struct PhotoSample {
    private(set) var paths: [FilePath] = []
    private(set) var images: [FramedPhoto] = []

    /// Reads the photos of a list, but for those that cannot be read.
    init(_ paths: [FilePath], framedFor inputs: [InputSpec], progress: (Int) -> Void) throws {
        let decoder = ImageDecoder()
        for (number, path) in paths.enumerated() {
            try Task.checkCancellation()
            progress(number)
            guard let file = try? PhotoFile(reading: path),
                let image = try? decoder.decode(file.bytes, framedFor: inputs)
            else { continue }
            self.paths.append(path)
            images.append(image)
        }
    }

    private init(_ paths: [FilePath], _ images: [FramedPhoto]) { (self.paths, self.images) = (paths, images) }

    var count: Int { paths.count }

    /// The places of so many of `total`, evenly spread.
    static func places(_ count: Int, of total: Int) -> [Int] {
        (0..<min(count, total)).map { $0 * total / min(count, total) }
    }

    /// So many photos, evenly spread, and the rest.
    func split(_ count: Int) -> (chosen: PhotoSample, rest: PhotoSample) {
        let places = Set(Self.places(count, of: self.count))
        func part(_ isChosen: Bool) -> PhotoSample {
            let kept = paths.indices.filter { places.contains($0) == isChosen }
            return PhotoSample(kept.map { paths[$0] }, kept.map { images[$0] })
        }
        return (part(true), part(false))
    }
}

extension PhotoSample {
    /// What an embedder makes of each photo, computed on all processors.
    func described(by embedder: any Embedder, progress: @Sendable (_ done: Int, _ total: Int) -> Void) async throws
        -> [Embedding]
    {
        let report = { done in progress(done, count) }
        return try await images.inBatches(atOnce: SearchEngine.processorCount, progress: report) { photos in
            try Task.checkCancellation()
            return try embedder.embed(photos)
        }
    }
}
