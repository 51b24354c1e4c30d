import Vectors

/// Whether the index of a space is as it was written, and has every embedding once, as the catalogue has it.
///
/// For whoever has the catalogue's lock: nothing may be recorded meanwhile.
struct SpaceVerification {
    private(set) var embeddings = 0
    private(set) var byteCount = 0
    let segments: [IndexSegment]
    /// What can be made anew from the catalogue.
    private(set) var indexFaults: [String] = []
    private(set) var catalogueFaults: [String] = []
    private let space: EmbeddingSpace
    private let snapshot: IndexSnapshot
    private let recent: Set<Int64>
    private let folder: IndexFolder

    init(of space: EmbeddingSpace, in catalogue: EmbeddedCatalogue) async throws {
        self.space = space
        folder = try await IndexFolder(of: catalogue, space: space)
        (snapshot, recent) = try await catalogue.snapshot(of: space, into: Set<Int64>()) { known, added, _ in
            known.insert(added.content)
        }
        segments = snapshot.segments
        verifyFiles()
        if indexFaults.isEmpty { try await compare(with: catalogue, blocks: segments.map { try folder.open($0.name) }) }
    }

    private mutating func verifyFiles() {
        for segment in segments {
            byteCount += folder.size(of: segment.name)
            do { try folder.verify(segment.name) } catch { indexFaults.append("\(error)") }
        }
    }

    private mutating func compare(with catalogue: EmbeddedCatalogue, blocks: [VectorBlock]) async throws {
        var (tally, last) = (Tally(), Int64.min)
        while true {
            let page = try await catalogue.embeddings(of: space, after: last, limit: Self.pageSize)
            guard let end = page.last else { break }
            try Task.checkCancellation()
            for (content, embedding) in page { try tally.count(embedding, at: places(of: content, in: blocks)) }
            embeddings += page.count
            last = end.content
        }
        tally.unknown = recent.count + liveCount(of: blocks) - tally.found
        indexFaults += tally.indexFaults(of: space)
        catalogueFaults += tally.catalogueFaults(of: space)
    }

    private static let pageSize = 1024

    /// What the index has of some contents; `nil` stands for a place that is read from the catalogue itself.
    private func places(of content: Int64, in blocks: [VectorBlock]) throws -> [Embedding?] {
        let written = try zip(segments, blocks).flatMap { segment, block in
            snapshot.isRemoved(content, from: segment) ? [] : try block.vectors(of: content)
        }
        return written + (recent.contains(content) ? [nil] : [])
    }

    private func liveCount(of blocks: [VectorBlock]) -> Int {
        zip(segments, blocks).reduce(0) { count, pair in
            count + pair.1.ids.reduce(0) { snapshot.isRemoved($1, from: pair.0) ? $0 : $0 + 1 }
        }
    }
}

/// How many embeddings are where they should be, and how many are not.
private struct Tally {
    var found = 0
    var missing = 0
    var repeated = 0
    var different = 0
    var unknown = 0

    mutating func count(_ embedding: Embedding, at places: [Embedding?]) {
        found += places.count
        // What cannot be compared is in no segment, and nobody misses it.
        if places.isEmpty, embedding.isComparable { missing += 1 }
        if places.count > 1 { repeated += 1 }
        if !places.allSatisfy({ $0.map(embedding.hasSameBytes) ?? true }) { different += 1 }
    }

    func indexFaults(of space: EmbeddingSpace) -> [String] {
        [
            (missing, "embeddings of “\(space.identity)” are nowhere in its index"),
            (repeated, "embeddings of “\(space.identity)” are in several places of its index"),
            (unknown, "vectors in the index of “\(space.identity)” are of nothing that the catalogue has"),
        ].filter { $0.0 > 0 }.map { "\($0) \($1)" }
    }

    /// Segments keep checksums and the catalogue keeps none, and what was replaced there is not looked for here.
    func catalogueFaults(of space: EmbeddingSpace) -> [String] {
        guard different > 0 else { return [] }
        return [
            "\(different) embeddings of “\(space.identity)” are not what its index was once made from, which has its "
                + "checksums: drop them with ‘lookalike models forget’, and they are made anew from the photos"
        ]
    }
}

extension Embedding {
    fileprivate func hasSameBytes(as other: Embedding) -> Bool {
        values.elementsEqual(other.values) { $0.bitPattern == $1.bitPattern }
    }
}
