public import Imaging
public import SystemPackage

extension SearchEngine {
    /// What a query looks for above all, small enough to be shown beside what was found: the part of the photo that counts most.
    public nonisolated func thumbnail(of query: Query, fitting space: ImageSize) throws(SkipReason) -> PixelImage {
        guard let term = query.terms.max(by: { $0.weight < $1.weight }) else { throw .image(.empty) }
        let bytes = try term.photo.bytes
        work.add(to: \.drawn)
        do throws(ImageError) {
            let photo = try decoder.decode(bytes)
            let part = term.region.map { $0.cut(from: photo) } ?? photo
            return part.resized(to: part.size.fitted(into: space), filter: .cubic)
        } catch {
            throw .image(error)
        }
    }

    /// A photo, small enough to be shown with others.
    public nonisolated func thumbnail(of path: FilePath, fitting space: ImageSize) throws(SkipReason) -> PixelImage {
        let file = try PhotoFile(reading: path)
        work.add(to: \.drawn)
        do throws(ImageError) {
            let image = try decoder.decode(file.bytes) { $0.longSide / $0.fitted(into: space).longSide / 2 }
            return image.resized(to: image.size.fitted(into: space), filter: .cubic)
        } catch {
            throw .image(error)
        }
    }

    /// The same of a photo in memory, decoded where photos of strangers are.
    public nonisolated func thumbnail(of bytes: [UInt8], fitting space: ImageSize) async throws -> PixelImage {
        work.add(to: \.drawn)
        let image = try await queryDecoder.decode(bytes, .fitting(space))
        return image.resized(to: image.size.fitted(into: space), filter: .cubic)
    }
}
