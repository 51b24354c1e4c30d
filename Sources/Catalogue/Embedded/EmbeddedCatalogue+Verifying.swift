import GRDB

// What reads everything, to find whether it is as it was written.
extension EmbeddedCatalogue {
    /// What is wrong with the file, a sentence each: by SQLite's own check of every page, key and row, and by what every
    /// catalogue holds to. A bit that was flipped within a vector is not found here, since SQLite keeps no checksums.
    func faults() async throws(CatalogueError) -> [String] {
        do {
            return try await read { try Self.structuralFaults(in: $0) + Self.brokenRules(in: $0) }
        } catch {
            guard case .damaged = error else { throw error }
            return ["SQLite cannot read the catalogue to its end"]
        }
    }

    private static func structuralFaults(in database: Database) throws -> [String] {
        let found = try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
        let orphans = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check")
        return found.map { "SQLite's check of the catalogue says: \($0)" }
            + Dictionary(grouping: orphans) { "“\($0[0] as String)” that belong to rows of “\($0[2] as String)”" }
            .map { "\($1.count) rows of \($0) are left without them" }.sorted()
    }

    private static let rules = [
        (
            "embeddings do not have as many numbers as their model gives",
            "SELECT count(*) FROM embedding JOIN space ON space.id = spaceID WHERE length(vector) != 4 * dimension"
        ),
        ("contents have a digest that is no SHA-256", "SELECT count(*) FROM content WHERE length(digest) != 32"),
        ("identifiers of the catalogue are missing or too many", "SELECT abs(count(*) - 1) FROM identity"),
    ]

    private static func brokenRules(in database: Database) throws -> [String] {
        try rules.compactMap { sentence, query in
            let count = try Int.fetchOne(database, sql: query) ?? 0
            return count == 0 ? nil : "\(count) \(sentence)"
        }
    }
}
