import Hashing
import Postgres
import SystemPackage

extension WorkList {
    /// Remembers what was found in photos that are on loan here, which are done then. Returns what was left out: photos that
    /// others have by now, which are theirs to record; and those whose contents are said to be known, while nobody has recorded
    /// yet what they are.
    @discardableResult
    public func record(_ batch: [PhotoRecord]) async throws -> [PhotoRecord] {
        let known = Set(batch.filter(\.isFoundElsewhere).map(\.digest))
        let loans = LoanReturn(from: holder.number, recorded: try await recorded(among: known))
        let recorded = try await catalogue.record(batch, space: space, returning: loans)
        let paths = Set(recorded.map(\.path))
        return batch.filter { !paths.contains($0.path) }
    }

    /// Contents of which somebody has recorded what they are.
    private func recorded(among digests: Set<SHA256Digest>) async throws -> Set<SHA256Digest> {
        guard !digests.isEmpty else { return [] }
        let rows = try await catalogue.read { connection in
            try await connection.query(
                """
                SELECT digest, id, EXISTS (SELECT FROM fault WHERE fault.content = content.id) FROM content
                WHERE digest = ANY ($1)
                """, [.byteArrays(digests.map { Array($0.bytes) })])
        }
        let embedded = try await catalogue.embedded(among: rows.map { try $0.int64(1) }, space: space)
        return Set(try rows.filter { try $0.bool(2) || embedded.contains($0.int64(1)) }.map { try $0.digest(0) })
    }
}

/// What becomes of loans when their photos are recorded.
struct LoanReturn: Sendable {
    private let holder: Int32
    private let recorded: Set<SHA256Digest>

    /// Of contents that are said to be known, some are `recorded`.
    init(from holder: Int32, recorded: Set<SHA256Digest>) { (self.holder, self.recorded) = (holder, recorded) }

    /// Takes off the list what can be recorded, and returns it.
    ///
    /// Not so a photo whose contents are said to be known and are not: they were found in another, which is not recorded yet, or
    /// was others' by then. Recorded, it would have no embedding.
    func finish(of batch: [PhotoRecord], in table: SpaceTable, on connection: PostgresConnection) async throws
        -> [PhotoRecord]
    {
        let locking = "SELECT path FROM task WHERE \(Self.isOwn) ORDER BY path FOR UPDATE"
        let onLoan = try await paths(of: locking, batch, table, connection)
        let own = batch.filter { onLoan.contains($0.path) }
        let found = recorded.union(own.filter { !$0.isFoundElsewhere }.map(\.digest))
        let done = own.filter { found.contains($0.digest) }
        _ = try await paths(of: "DELETE FROM task WHERE \(Self.isOwn) RETURNING path", done, table, connection)
        return done
    }

    private static let isOwn = "space = $1 AND path = ANY ($2) AND holder = $3"

    private func paths(
        of statement: String, _ records: [PhotoRecord], _ table: SpaceTable, _ connection: PostgresConnection
    ) async throws -> Set<FilePath> {
        guard !records.isEmpty else { return [] }
        let rows = try await connection.query(
            statement, [.int32(table.id), .byteArrays(records.map(\.path.bytes)), .int32(holder)])
        return Set(try rows.map { FilePath(bytes: try $0.bytes(0)) })
    }
}

extension PhotoRecord {
    fileprivate var isFoundElsewhere: Bool {
        if case .known = finding { true } else { false }
    }
}
