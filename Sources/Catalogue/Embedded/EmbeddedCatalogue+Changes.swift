import GRDB

// What an index that is derived from the embeddings asks, to be caught up with instead of made anew.
extension EmbeddedCatalogue {
    /// How the segments of a space stand to its embeddings, and the embeddings that are in none of them, all as of one
    /// moment.
    ///
    /// Embeddings come in the order in which they were added, as they lie in the file: as many 32-bit floats as the space
    /// has dimensions, valid until `add` returns. Without segments, all embeddings of the space come.
    ///
    /// An index that was complete as of an earlier snapshot passes that one's `sequence` as `since`, drops the contents
    /// that were removed, and takes in the embeddings that come: those that were added later. It throws
    /// `changesUnknown` where the log does not reach so far back, since a segment was recorded meanwhile or the space
    /// forgotten; then begin afresh without `since`.
    ///
    /// With a limit, so many embeddings come at most, and the snapshot is as if nothing had been added after the last.
    func snapshot<Result: Sendable>(
        of space: EmbeddingSpace, since: Int64? = nil, limit: Int = .max, into initial: Result,
        _ add: @escaping @Sendable (inout Result, AddedEmbedding, UnsafeRawBufferPointer) -> Void
    ) async throws(CatalogueError) -> (snapshot: IndexSnapshot, result: Result) {
        try await read { database in
            let log = try ChangeLog(of: space, in: database)
            if let since, try log?.reaches(backTo: since) != true {
                throw CatalogueError.changesUnknown(space: space.identity, since: since)
            }
            var result = initial
            guard let log else { return (try .empty(in: database), result) }
            var snapshot = try log.snapshot(since: since)
            let last = try log.forEachAdded(snapshot, limit: limit) { add(&result, $0, $1) }
            if let last { snapshot.sequence = last }
            return (snapshot, result)
        }
    }

    /// How the segments of a space stand to its embeddings, in numbers only.
    func standing(of space: EmbeddingSpace) async throws(CatalogueError) -> IndexStanding {
        try await read { database in
            try ChangeLog(of: space, in: database)?.standing() ?? IndexStanding(segments: [], removed: [:], recent: 0)
        }
    }
}

extension IndexSnapshot {
    /// Of a space that nothing was embedded in yet.
    fileprivate static func empty(in database: Database) throws -> IndexSnapshot {
        IndexSnapshot(segments: [], removals: [:], since: 0, sequence: try ChangeLog.last(in: database))
    }
}
