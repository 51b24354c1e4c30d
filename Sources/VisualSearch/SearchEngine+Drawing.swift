public import Imaging
public import SystemPackage

extension SearchEngine {
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
}
