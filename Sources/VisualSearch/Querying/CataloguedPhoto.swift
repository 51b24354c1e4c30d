import Catalogue
import Hashing
import ObjectStores
public import SystemPackage

/// A photo that the catalogue has, in one file or in several that are equal byte for byte.
public struct CataloguedPhoto: Sendable, Hashable, Identifiable {
    /// By what is in its files.
    public let id: PhotoID
    /// Absolute, or addresses of objects (`FilePath.written`), in the order of their bytes; at least one.
    public let paths: [FilePath]
    /// When the first of the files last changed, in nanoseconds since 1970.
    public let modified: Int64
    let digest: SHA256Digest
    let content: Int64

    /// `nil` where there are none; they have the same contents.
    init?(_ photos: [Photo]) {
        guard let first = photos.first else { return nil }
        (id, digest, content) = (PhotoID(of: first.digest), first.digest, first.content)
        (paths, modified) = (photos.map(\.path), first.modified)
    }

    /// Of the first of its files that is there; `nil` where only a store has it.
    public var byteCount: Int? {
        paths.lazy.filter(\.isAbsolute).compactMap { try? FileStatus(following: $0) }.first.map { Int($0.stamp.size) }
    }

    /// What is in its files, of which one at least must still be as the catalogue says. Throws a `SkipReason`.
    public func read() async throws -> [UInt8] {
        var reason = SkipReason.gone(id)
        for path in paths {
            do {
                let file = try await PhotoFile.reading(path)
                if file.digest == digest { return file.bytes }
            } catch let error as SkipReason {
                if case .store(let error) = error, error.kind != .absent { reason = .store(error) }
            }
        }
        throw reason
    }

    /// The same; blocks for as long as a store takes.
    public var bytes: [UInt8] {
        get throws(SkipReason) {
            for path in paths {
                if let file = try? PhotoFile(reading: path), file.digest == digest { return file.bytes }
            }
            throw .gone(id)
        }
    }
}
