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
    private(set) var images: [PixelImage] = []

    /// Reads the photos of a list, but for those that cannot be read.
    init(_ paths: [FilePath], framedFor input: InputSpec, progress: (Int) -> Void) throws {
        let decoder = ImageDecoder()
        for (number, path) in paths.enumerated() {
            try Task.checkCancellation()
            progress(number)
            guard let file = try? PhotoFile(reading: path),
                let image = try? decoder.decode(file.bytes, reducedBy: input.reduction)
            else { continue }
            self.paths.append(path)
            images.append(input.frame(image))
        }
    }

    private init(_ paths: [FilePath], _ images: [PixelImage]) { (self.paths, self.images) = (paths, images) }

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
        typealias Batch = (start: Int, embeddings: [Embedding])
        return try await withThrowingTaskGroup(of: Batch.self) { group in
            var (embeddings, done) = ([[Embedding]](repeating: [], count: count), 0)
            func take(_ batch: Batch) {
                embeddings[batch.start] = batch.embeddings
                done += batch.embeddings.count
                progress(done, count)
            }
            for start in stride(from: 0, to: count, by: SearchEngine.batchSize) {
                if start >= Self.processors * SearchEngine.batchSize, let batch = try await group.next() { take(batch) }
                let photos = Array(images[start..<min(start + SearchEngine.batchSize, count)])
                group.addTask {
                    try Task.checkCancellation()
                    return (start, try embedder.embed(photos))
                }
            }
            for try await batch in group { take(batch) }
            return embeddings.flatMap(\.self)
        }
    }

    static let processors = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}
