import Catalogue
import Hashing
import Imaging
import Synchronization
import SystemPackage
import Vectors

/// One file that was opened, and what was found.
struct ExaminedFile: Sendable {
    let path: FilePath
    /// Fails for a file that could not be read, of which nothing is remembered.
    let result: Result<PhotoRecord, SkipReason>
    /// Why a file that could be read is no photo.
    var fault: SkipReason?

    var record: PhotoRecord? { try? result.get() }
}

/// The contents that some task of a run has taken on, so that copies are embedded once.
final class Claims: Sendable {
    private let digests = Mutex(Set<SHA256Digest>())

    /// Whether nobody has claimed these contents before.
    func claim(_ digest: SHA256Digest) -> Bool {
        digests.withLock { $0.insert(digest).inserted }
    }
}

extension SearchEngine {
    /// Reads, decodes and embeds a batch of files; a file that cannot be is part of the result and no error.
    nonisolated func examine(_ paths: [FilePath], claims: Claims) async throws -> [ExaminedFile] {
        var files: [ExaminedFile] = []
        var photos: [(index: Int, image: PixelImage)] = []
        for path in paths {
            try Task.checkCancellation()
            let (file, image) = try await open(path, claims: claims)
            if let image { photos.append((files.count, image)) }
            files.append(file)
        }
        guard !photos.isEmpty else { return files }
        let embeddings = try await embed(photos.map(\.image))
        for (photo, embedding) in zip(photos, embeddings) { files[photo.index].attach(embedding) }
        return files
    }

    /// A file, and its framed picture where it is still to be embedded.
    private nonisolated func open(_ path: FilePath, claims: Claims) async throws -> (ExaminedFile, PixelImage?) {
        let file: PhotoFile
        do throws(SkipReason) {
            file = try PhotoFile(reading: path)
        } catch {
            return (ExaminedFile(path: path, result: .failure(error)), nil)
        }
        work.add(to: \.read)
        let state = try await catalogue.states(of: [file.digest], space: space, judge: judge)[file.digest] ?? .new
        switch state {
        case .embedded: return (file.examined(at: path, .known), nil)
        case .faulty(let reason): return (file.examined(at: path, .known, fault: .remembered(reason)), nil)
        case .new where claims.claim(file.digest): return try await decode(file, at: path)
        case .new: return (file.examined(at: path, .known), nil)
        }
    }

    private nonisolated func decode(_ file: PhotoFile, at path: FilePath) async throws -> (ExaminedFile, PixelImage?) {
        do throws(ImageError) {
            let image = try frame(file.bytes)
            // What it holds is known once its batch is embedded.
            return (file.examined(at: path, .known), image)
        } catch {
            let finding = PhotoRecord.Finding.fault(error.description, judge: judge)
            return (file.examined(at: path, finding, fault: .image(error)), nil)
        }
    }
}

extension PhotoFile {
    fileprivate func examined(at path: FilePath, _ finding: PhotoRecord.Finding, fault: SkipReason? = nil)
        -> ExaminedFile
    {
        let record = PhotoRecord(path: path, stamp: stamp, digest: digest, finding: finding)
        return ExaminedFile(path: path, result: .success(record), fault: fault)
    }
}

extension ExaminedFile {
    fileprivate mutating func attach(_ embedding: Embedding) {
        guard let record else { return }
        self = ExaminedFile(
            path: path,
            result: .success(
                PhotoRecord(path: path, stamp: record.stamp, digest: record.digest, finding: .embedding(embedding))))
    }
}
