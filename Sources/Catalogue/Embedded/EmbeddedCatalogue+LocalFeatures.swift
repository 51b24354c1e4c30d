import Foundation
import GRDB

// What only ranking asks, of few photos.
extension EmbeddedCatalogue {
    func localFeatures(_ kind: LocalFeatureKind, ofContents contents: [Int64]) async throws(CatalogueError)
        -> [Int64: [UInt8]]
    {
        try await read { database in
            guard let kindID = try kind.id(in: database) else { return [:] }
            return try contents.reduce(into: [:]) { features, content in
                let value = try SQLRequest<Data>(
                    literal: "SELECT value FROM localFeature WHERE kindID = \(kindID) AND contentID = \(content)",
                    cached: true
                ).fetchOne(database)
                if let value { features[content] = [UInt8](value) }
            }
        }
    }

    func keep(_ features: [Int64: [UInt8]], as kind: LocalFeatureKind) async throws(CatalogueError) {
        guard !features.isEmpty else { return }
        try await write { database in
            for (content, value) in features { try database.keep(value, as: kind, of: content) }
        }
    }
}

extension Database {
    /// Nothing where there are no such contents.
    func keep(_ value: [UInt8], as kind: LocalFeatureKind, of content: Int64) throws {
        let kindID = try kind.insert(into: self)
        try run(
            """
            INSERT OR REPLACE INTO localFeature (contentID, kindID, value)
            SELECT id, \(kindID), \(Data(value)) FROM content WHERE id = \(content)
            """)
    }
}
