import Foundation
import SystemPackage

// What keeps the catalogue and its indexes small and sound.
extension EmbeddedCatalogue {
    func erase() async throws {
        for stored in try await spaces() { try await SpaceIndex(of: stored.space, in: self).fold(.compacting) }
        try await eraseFile()
        try await removeUnusedFiles()
    }

    func compact() async throws { try await erase() }

    func removeUnusedFiles() async throws { try await IndexFolder.removeUnused(of: self) }

    /// What may be damaged is not compared with an index.
    func verify() async throws -> CatalogueVerification {
        var verification = CatalogueVerification()
        verification.byteCount = [path, FilePath(path.string + "-wal")].reduce(0) { $0 + $1.fileSize }
        verification.catalogueFaults = try await faults()
        guard verification.catalogueFaults.isEmpty else { return verification }
        verification.photos = try await photoCount()
        for stored in try await spaces() {
            let found = try await SpaceVerification(of: stored.space, in: self)
            verification.add(found)
            if !found.indexFaults.isEmpty { try await forget(segments: found.segments.map(\.name)) }
        }
        if !verification.indexFaults.isEmpty { try await removeUnusedFiles() }
        return verification
    }
}

extension CatalogueVerification {
    fileprivate mutating func add(_ found: SpaceVerification) {
        models += 1
        embeddings += found.embeddings
        segments += found.segments.count
        byteCount += found.byteCount
        catalogueFaults += found.catalogueFaults
        indexFaults += found.indexFaults
    }
}

extension FilePath {
    /// In bytes; 0 where there is no such file.
    var fileSize: Int {
        (try? FileManager.default.attributesOfItem(atPath: string))?[.size] as? Int ?? 0
    }
}
