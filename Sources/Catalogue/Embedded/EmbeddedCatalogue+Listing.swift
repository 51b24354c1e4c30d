import Foundation
import GRDB
import Hashing
import SystemPackage

// What people ask who look around in a catalogue.
extension EmbeddedCatalogue {
    func photos(ofContentsBeginning prefix: [UInt8]) async throws(CatalogueError) -> [Photo] {
        let (lower, upper) = (Data(prefix), Data(prefix.successor))
        return try glance { database in
            try SQLRequest<Row>(
                literal: """
                    SELECT \(sql: Photo.columns) FROM content JOIN photo ON contentID = content.id
                    WHERE digest >= \(lower) AND digest < \(upper) ORDER BY digest, path
                    """, cached: true
            ).fetchAll(database).map(Photo.init)
        }
    }

    func photos(at paths: [FilePath]) async throws(CatalogueError) -> [Photo?] {
        try await read { database in
            try paths.map { path in
                try SQLRequest<Row>(
                    literal: """
                        SELECT \(sql: Photo.columns) FROM photo JOIN content ON content.id = contentID
                        WHERE path = \(path.blob)
                        """, cached: true
                ).fetchOne(database).map(Photo.init)
            }
        }
    }

    func photos(in folder: FilePath, after path: FilePath?, limit: Int) async throws(CatalogueError) -> [Photo] {
        let (lower, upper) = folder.blobRange
        let start = path.map(\.blob) ?? lower
        return try await read { database in
            try SQLRequest<Row>(
                literal: """
                    SELECT \(sql: Photo.columns) FROM photo JOIN content ON content.id = contentID
                    WHERE path > \(start) AND path >= \(lower) AND path < \(upper)
                        AND NOT EXISTS (SELECT 1 FROM fault WHERE fault.contentID = content.id)
                    ORDER BY path LIMIT \(limit)
                    """, cached: true
            ).fetchAll(database).map(Photo.init)
        }
    }

    func photoCount(in folder: FilePath) async throws(CatalogueError) -> Int {
        let (lower, upper) = folder.blobRange
        return try await read { database in
            try SQLRequest<Int>(
                literal: """
                    SELECT (SELECT count(*) FROM photo WHERE path >= \(lower) AND path < \(upper))
                        - (SELECT count(*) FROM fault JOIN photo ON photo.contentID = fault.contentID
                           WHERE path >= \(lower) AND path < \(upper))
                    """, cached: true
            ).fetchOne(database) ?? 0
        }
    }

    func faults(in folder: FilePath) async throws(CatalogueError) -> [(path: FilePath, reason: String)] {
        let (lower, upper) = folder.blobRange
        return try await read { database in
            try SQLRequest<Row>(
                literal: """
                    SELECT path, reason FROM fault JOIN photo ON photo.contentID = fault.contentID
                    WHERE path >= \(lower) AND path < \(upper) ORDER BY path
                    """
            ).fetchAll(database).map { (FilePath(blob: $0[0]), $0[1]) }
        }
    }
}
