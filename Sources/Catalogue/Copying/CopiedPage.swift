import Hashing

/// Some files that were taken from one catalogue into another, and what else may follow them.
struct CopiedPage {
    private let source: any PhotoCatalogue
    private let target: any PhotoCatalogue
    /// Of the files that hold photos: the digests by the source's numbers, and the target's numbers by the digests.
    private let digests: [Int64: SHA256Digest]
    private let contents: [SHA256Digest: Int64]

    /// Writes the files that the target does not know just so; it learns of a space with them.
    init(
        _ files: [StoredFile], from source: any PhotoCatalogue, to target: any PhotoCatalogue, for space: EmbeddingSpace
    ) async throws {
        (self.source, self.target) = (source, target)
        let paths = files.map(\.path)
        let known = try await target.files(at: paths)
        let new = files.filter { file in known[file.path].map { !file.isSame(as: $0) } ?? true }
        try await target.record(new.map(\.record), space: space)
        let photos = files.filter { $0.fault == nil }
        digests = Dictionary(photos.map { ($0.content, $0.digest) }) { first, _ in first }
        contents = Dictionary(try await target.files(at: paths).values.map { ($0.digest, $0.content) }) { first, _ in
            first
        }
    }

    /// Those that the target lacks; returns how many.
    func copyEmbeddings(of space: EmbeddingSpace) async throws -> Int {
        let states = try await target.states(of: Array(contents.keys), space: space, judge: "")
        let missing = digests.filter { states[$0.value] == .new }.keys.sorted()
        let embeddings = try await source.embeddings(ofContents: missing, space: space)
        try await target.keep(
            embeddings.sorted { $0.key < $1.key }.compactMap { pair in
                content(pair.key).map { (content: $0, embedding: pair.value) }
            }, in: space)
        return embeddings.count
    }

    func copyFeatures(_ kind: LocalFeatureKind) async throws {
        let features = try await source.localFeatures(kind, ofContents: digests.keys.sorted())
        let own = Dictionary(features.compactMap { pair in content(pair.key).map { ($0, pair.value) } }) { $1 }
        let known = try await target.localFeatures(kind, ofContents: own.keys.sorted())
        try await target.keep(own.filter { known[$0.key] == nil }, as: kind)
    }

    /// The target's number for what the source has a number for.
    private func content(_ number: Int64) -> Int64? { digests[number].flatMap { contents[$0] } }
}

extension StoredFile {
    /// Whatever the number of what is in it.
    fileprivate func isSame(as other: StoredFile) -> Bool {
        (stamp, digest, fault) == (other.stamp, other.digest, other.fault)
    }
}
