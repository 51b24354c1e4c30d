import Catalogue
import Embedders
import Hashing
import Imaging
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

extension SearchEngine {
    /// Reads, decodes and embeds a batch of files; a file that cannot be is part of the result and no error.
    ///
    /// Of photos on a list, those are left out whose contents another machine is at work on: they are examined later.
    nonisolated func examine(_ paths: [FilePath], claims: Claims, _ list: WorkList? = nil) async throws
        -> [ExaminedFile]
    {
        let files = try await read(paths)
        let digests = files.compactMap { try? $0.get().digest }
        let states = try await catalogue.states(of: digests, space: space, judge: judge)
        let elsewhere = try await contents(of: states, claimedElsewhere: list)
        try await list?.postpone(zip(paths, files).filter { $1.isAmong(elsewhere) }.map(\.0))
        var examined: [ExaminedFile] = []
        var photos: [(index: Int, image: SeenPhoto)] = []
        for (path, file) in zip(paths, files) where !file.isAmong(elsewhere) {
            try Task.checkCancellation()
            let (file, image) = try await examine(file, at: path, states, claims: claims)
            if let image { photos.append((examined.count, image)) }
            examined.append(file)
        }
        guard !photos.isEmpty else { return examined }
        // A run that was stopped while its model was being loaded has many batches that wait for it.
        try Task.checkCancellation()
        let embeddings = try await embed(photos.map(\.image.framed))
        for (photo, embedding) in zip(photos, embeddings) {
            examined[photo.index].attach(embedding, photo.image.mask, type: typeNumber(of: embedding))
        }
        return examined
    }

    /// Of contents that are to be embedded, those that another machine embeds.
    private nonisolated func contents(
        of states: [SHA256Digest: ContentState], claimedElsewhere list: WorkList?
    ) async throws -> Set<SHA256Digest> {
        let new = states.filter { $0.value == .new }.map(\.key)
        guard let list, !new.isEmpty else { return [] }
        return Set(new).subtracting(try await list.claim(new))
    }

    /// A store is asked for all at once, since each takes a while to come.
    private nonisolated func read(_ paths: [FilePath]) async throws -> [Result<PhotoFile, SkipReason>] {
        try await withThrowingTaskGroup(of: (number: Int, file: Result<PhotoFile, SkipReason>).self) { group in
            var files: [Int: Result<PhotoFile, SkipReason>] = [:]
            for (number, path) in paths.enumerated() {
                if path.isAbsolute {
                    files[number] = try await read(path)
                } else {
                    group.addTask { (number, try await self.read(path)) }
                }
            }
            for try await (number, file) in group { files[number] = file }
            return paths.indices.compactMap { files[$0] }
        }
    }

    private nonisolated func read(_ path: FilePath) async throws -> Result<PhotoFile, SkipReason> {
        try Task.checkCancellation()
        do {
            let file = try await PhotoFile.reading(path)
            work.add(to: \.read)
            return .success(file)
        } catch let reason as SkipReason {
            return .failure(reason)
        }
    }

    /// What was found in a file, and its framed picture where it is still to be embedded.
    private nonisolated func examine(
        _ file: Result<PhotoFile, SkipReason>, at path: FilePath, _ states: [SHA256Digest: ContentState], claims: Claims
    ) async throws -> (ExaminedFile, SeenPhoto?) {
        switch file {
        case .failure(let reason): return (ExaminedFile(path: path, result: .failure(reason)), nil)
        case .success(let file):
            switch states[file.digest] ?? .new {
            case .embedded: return (file.examined(at: path, .known), nil)
            case .faulty(let reason): return (file.examined(at: path, .known, fault: .remembered(reason)), nil)
            case .new: return try await decode(file, at: path, claims: claims)
            }
        }
    }

    /// Decodes contents, unless another task of the run has, or will have, decoded their like.
    private nonisolated func decode(_ file: PhotoFile, at path: FilePath, claims: Claims) async throws -> (
        ExaminedFile, SeenPhoto?
    ) {
        switch await claims.claim(file.digest) {
        case .sound: return (file.examined(at: path, .known), nil)
        case .faulty(let reason): return (file.examined(at: path, .known, fault: reason), nil)
        case .unclaimed: break
        }
        do {
            let photo = try await look(at: file.bytes, by: try await keptMask(of: file))
            await claims.settle(file.digest, as: .sound)
            // What it holds is known once its batch is embedded.
            return (file.examined(at: path, .known), photo)
        } catch let error as ImageError {
            await claims.settle(file.digest, as: .faulty(.image(error)))
            let finding = PhotoRecord.Finding.fault(error.description, judge: judge)
            return (file.examined(at: path, finding, fault: .image(error)), nil)
        } catch {
            // The run ends; until then, nobody may wait for what this task was to find.
            await claims.settle(file.digest, as: .sound)
            throw error
        }
    }

    /// Another model may have had its garment cut out.
    private nonisolated func keptMask(of file: PhotoFile) async throws -> GarmentMask? {
        guard choice.cutOut != .never else { return nil }
        return try await keptMask(of: catalogue.embedding(of: file.digest, space: space)?.content, file.digest)
    }
}

extension Result<PhotoFile, SkipReason> {
    fileprivate func isAmong(_ contents: Set<SHA256Digest>) -> Bool {
        (try? get()).map { contents.contains($0.digest) } ?? false
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
    fileprivate mutating func attach(_ embedding: Embedding, _ mask: GarmentMask?, type: Int16?) {
        guard let record else { return }
        self = ExaminedFile(
            path: path,
            result: .success(
                PhotoRecord(
                    path: path, stamp: record.stamp, digest: record.digest, finding: .embedding(embedding),
                    localFeatures: mask.map { [GarmentMask.kind: $0.levels] } ?? [:], type: type)))
    }
}
