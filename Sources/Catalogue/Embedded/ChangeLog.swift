import Foundation
import GRDB

/// What was added to one space and removed from it, and the segments that know it, within one transaction.
struct ChangeLog {
    private let database: Database
    private let space: EmbeddingSpace
    private let spaceID: Int64

    /// `nil` where the catalogue does not know the space.
    init?(of space: EmbeddingSpace, in database: Database) throws {
        guard let spaceID = try space.id(in: database) else { return nil }
        (self.database, self.space, self.spaceID) = (database, space, spaceID)
    }

    /// The last change of any space, those included that are pruned or whose space is gone.
    static func last(in database: Database) throws -> Int64 {
        try SQLRequest<Int64>(literal: "SELECT seq FROM sqlite_sequence WHERE name = 'change'", cached: true)
            .fetchOne(database) ?? 0
    }

    func snapshot(since: Int64?) throws -> IndexSnapshot {
        let segments = try segments()
        let sequences = segments.map(\.sequence)
        return IndexSnapshot(
            segments: segments, removals: try removals(since: since ?? sequences.min() ?? 0),
            since: since ?? sequences.max() ?? 0, sequence: try Self.last(in: database))
    }

    /// Whether all that happened after a change is still there.
    func reaches(backTo sequence: Int64) throws -> Bool {
        try (prunedTo()...Self.last(in: database)).contains(sequence)
    }

    private func prunedTo() throws -> Int64 {
        try SQLRequest<Int64>(literal: "SELECT prunedTo FROM space WHERE id = \(spaceID)", cached: true)
            .fetchOne(database) ?? 0
    }
}

// Changes.
extension ChangeLog {
    private func removals(since sequence: Int64) throws -> [Int64: Int64] {
        let rows = try SQLRequest<Row>(
            literal: """
                SELECT contentID, sequence FROM change
                WHERE spaceID = \(spaceID) AND sequence > \(sequence) AND isRemoval = 1 ORDER BY sequence
                """, cached: true
        ).fetchCursor(database)
        var removals: [Int64: Int64] = [:]
        while let row = try rows.next() { removals[row[0]] = row[1] }
        return removals
    }

    /// Hands over the embeddings that were added after the snapshot's `since`, without those that were removed again;
    /// returns the addition at which the limit was reached, if it was.
    func forEachAdded(
        _ snapshot: IndexSnapshot, limit: Int, _ body: (AddedEmbedding, UnsafeRawBufferPointer) throws -> Void
    ) throws -> Int64? {
        var (count, last) = (0, Int64(0))
        let rows = try SQLRequest<Row>(
            literal: """
                SELECT change.contentID, sequence, vector FROM change
                JOIN embedding ON embedding.spaceID = change.spaceID AND embedding.contentID = change.contentID
                WHERE change.spaceID = \(spaceID) AND sequence > \(snapshot.since) AND isRemoval = 0 ORDER BY sequence
                """, cached: true
        ).fetchCursor(database)
        while count < limit, let row = try rows.next() {
            let added = AddedEmbedding(content: row[0], sequence: row[1])
            guard snapshot.removals[added.content, default: 0] < added.sequence else { continue }
            try row.withUnsafeData(atIndex: 2) { blob in
                try space.check(blob).withUnsafeBytes { try body(added, $0) }
            }
            (count, last) = (count + 1, added.sequence)
        }
        return count == limit ? last : nil
    }
}

// Segments.
extension ChangeLog {
    private func segments() throws -> [IndexSegment] {
        try SQLRequest<Row>(
            literal: "SELECT name, sequence, rows FROM segment WHERE spaceID = \(spaceID) ORDER BY id", cached: true
        ).fetchAll(database).map { IndexSegment(name: $0[0], sequence: $0[1], rows: $0[2]) }
    }

    /// Whether the segments stay complete if one comes in, and others go whose embeddings it took over.
    func isComplete(with segment: IndexSegment, replacing names: [String], since: Int64?) throws -> Bool {
        let segments = try segments()
        let highest = segments.map(\.sequence).max() ?? 0
        let replaced = segments.filter { names.contains($0.name) }
        guard replaced.count == names.count else { return false }
        if let since { return try since == highest && reaches(backTo: segment.sequence) }
        guard let covered = replaced.map(\.sequence).max() else { return false }
        return (covered...highest).contains(segment.sequence)
    }

    func replace(_ names: [String], by segment: IndexSegment) throws {
        for name in names { try database.run("DELETE FROM segment WHERE name = \(name)") }
        try database.run(
            """
            INSERT INTO segment (spaceID, name, sequence, rows)
            VALUES (\(spaceID), \(segment.name), \(segment.sequence), \(segment.rows))
            """)
    }

    /// As `snapshot`, in numbers.
    func standing() throws -> IndexStanding {
        let segments = try segments()
        let highest = segments.map(\.sequence).max() ?? 0
        let recent = try SQLRequest<Int>(
            literal: """
                SELECT count(DISTINCT change.contentID) FROM change
                JOIN embedding ON embedding.spaceID = change.spaceID AND embedding.contentID = change.contentID
                WHERE change.spaceID = \(spaceID) AND sequence > \(highest) AND isRemoval = 0
                """
        ).fetchOne(database)
        let removals = try removals(since: segments.map(\.sequence).min() ?? 0).values
        let removed = segments.map { segment in
            (segment.name, min(segment.rows, removals.lazy.filter { $0 > segment.sequence }.count))
        }
        return IndexStanding(
            segments: segments, removed: Dictionary(uniqueKeysWithValues: removed), recent: recent ?? 0)
    }

    /// Drops all segments, and logs anew what they held, as if it had just been added.
    static func dropSegments(ofSpace spaceID: Int64, in database: Database) throws {
        try database.run("DELETE FROM segment WHERE spaceID = \(spaceID)")
        // Who knows the changes before this number knows too little, and no change has it.
        try database.run("UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'change'")
        try database.run("UPDATE space SET prunedTo = \(try last(in: database)) WHERE id = \(spaceID)")
        try database.run(
            """
            INSERT INTO change (spaceID, contentID, isRemoval)
                SELECT spaceID, contentID, 0 FROM embedding WHERE spaceID = \(spaceID) AND contentID NOT IN
                    (SELECT contentID FROM change WHERE spaceID = \(spaceID) AND isRemoval = 0)
                ORDER BY contentID
            """)
    }

    /// Drops the additions that a segment has, and the removals that all segments know.
    func prune() throws {
        let sequences = try segments().map(\.sequence)
        guard let lowest = sequences.min(), let highest = sequences.max() else { return }
        try database.run(
            """
            DELETE FROM change WHERE spaceID = \(spaceID) AND sequence <= \(highest)
            AND (isRemoval = 0 OR sequence <= \(lowest))
            """)
        try database.run("UPDATE space SET prunedTo = \(highest) WHERE id = \(spaceID)")
    }
}
