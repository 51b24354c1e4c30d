import Postgres

/// Whether so few photos are selected that each is compared. More are looked for in the graph, which goes on until enough of what
/// it finds is selected.
struct FewPhotos: Sendable {
    private(set) var isKnownFew: Bool?
    private let selection: PhotoSelection?

    init(_ selection: PhotoSelection?) { self.selection = selection }

    private static let mostPhotos = 50_000

    /// They are counted once, and no further than needed.
    mutating func areFew(in catalogue: PostgresCatalogue) async throws -> Bool {
        if let isKnownFew { return isKnownFew }
        guard let selection else { return false }
        let count = try await catalogue.read { connection in
            var parameters = StatementParameters()
            let condition = selection.condition(&parameters)
            return try await connection.count(
                "SELECT count(*) FROM (SELECT FROM photo WHERE \(condition) LIMIT \(Self.mostPhotos + 1)) AS found",
                parameters.values)
        }
        isKnownFew = count <= Self.mostPhotos
        return count <= Self.mostPhotos
    }
}
