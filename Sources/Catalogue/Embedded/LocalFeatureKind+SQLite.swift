import GRDB

extension LocalFeatureKind {
    /// `nil` where nothing of the kind was kept yet.
    func id(in database: Database) throws -> Int64? {
        try SQLRequest<Int64>(literal: "SELECT id FROM localKind WHERE identity = \(identity)", cached: true)
            .fetchOne(database)
    }

    func insert(into database: Database) throws -> Int64 {
        if let id = try id(in: database) { return id }
        let spaceID = try space?.insert(into: database)
        try database.execute(literal: "INSERT INTO localKind (identity, spaceID) VALUES (\(identity), \(spaceID))")
        return database.lastInsertedRowID
    }
}
