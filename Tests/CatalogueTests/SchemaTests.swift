import Foundation
import GRDB
import Hashing
import SystemPackage
import TestSupport
import Testing

@testable import Catalogue

/// Catalogues that an earlier version made.
@Suite struct SchemaTests {
    private let folder = TemporaryFolder()

    @Test func whatAnEarlierCatalogueKnewIsLoggedAsAdded() async throws {
        let path = try earlierCatalogue(ofPhotos: 3)
        let catalogue = try EmbeddedCatalogue(at: path)
        let (snapshot, contents) = try await catalogue.snapshot(of: EmbeddedBench.space, into: [Int64]()) {
            contents, added, _ in
            contents.append(added.content)
        }
        #expect(contents == [1, 2, 3])
        #expect(snapshot == IndexSnapshot(segments: [], removals: [:], since: 0, sequence: 3))
        #expect(try await catalogue.contents(in: ["/shop"]) == [1, 2, 3])
    }

    @Test func whatHappensToAnEarlierCatalogueIsLogged() async throws {
        let catalogue = try EmbeddedCatalogue(at: earlierCatalogue(ofPhotos: 3))
        #expect(try await catalogue.forget(photos: ["/shop/2.jpg"]) == 1)
        let (snapshot, contents) = try await catalogue.snapshot(of: EmbeddedBench.space, since: 3, into: 0) {
            count, _, _ in count += 1
        }
        #expect(snapshot.removals == [2: 4])
        #expect(contents == 0)
    }

    @Test func whatAnEarlierCatalogueKnewKeepsItsNumbersAndThoseAreNotUsedAgain() async throws {
        let catalogue = try EmbeddedCatalogue(at: earlierCatalogue(ofPhotos: 3))
        #expect(
            try await catalogue.photos(ofContents: [1, 2, 3]).mapValues { $0.map(\.path) } == [
                1: ["/shop/1.jpg"], 2: ["/shop/2.jpg"], 3: ["/shop/3.jpg"],
            ])
        #expect(try await catalogue.forget(photos: ["/shop/3.jpg"]) == 1)
        try await catalogue.record([.photo("/shop/4.jpg", 4)], space: EmbeddedBench.space)
        #expect(try await catalogue.contents(in: ["/shop"]) == [1, 2, 4])
        let broken = try await catalogue.read { try Row.fetchAll($0, sql: "PRAGMA foreign_key_check").count }
        #expect(broken == 0)
    }

    @Test func severalThatOpenAnEarlierCatalogueAtOnceAgree() async throws {
        let path = try earlierCatalogue(ofPhotos: 100)
        let identifiers = try await withThrowingTaskGroup(of: UUID.self) { group in
            for _ in 0..<8 { group.addTask { try await EmbeddedCatalogue(at: path).identifier() } }
            return try await group.reduce(into: Set<UUID>()) { $0.insert($1) }
        }
        #expect(identifiers.count == 1)
        let contents = try await EmbeddedCatalogue(at: path).contents(in: ["/shop"])
        #expect(contents == Array(1...100))
    }

    @Test func theContentsOfAnEmbeddingAreFoundWithoutLookingAtAll() async throws {
        let catalogue = try EmbeddedCatalogue(at: earlierCatalogue(ofPhotos: 1))
        let plan = try await catalogue.write {
            try Row.fetchAll($0, sql: "EXPLAIN QUERY PLAN DELETE FROM embedding WHERE contentID = 1")
                .map { $0["detail"] as String }
        }
        #expect(plan.first?.contains("embeddingByContent") == true, "\(plan)")
    }

    /// As the first version left it.
    private func earlierCatalogue(ofPhotos count: Int) throws -> FilePath {
        let path = folder.appending("catalogue.sqlite")
        let database = try DatabaseQueue(path: path.string)
        try Schema.migrator.migrate(database, upTo: "photos and their embeddings")
        try database.write { database in
            let space = EmbeddedBench.space
            try database.execute(
                literal: "INSERT INTO space (identity, dimension) VALUES (\(space.identity), \(space.dimension))")
            for number in 1...count {
                let digest = Data(EmbeddedBench.digest(of: number).bytes)
                let photo = FilePath("/shop/\(number).jpg").blob
                try database.execute(
                    literal: """
                        INSERT INTO content (digest) VALUES (\(digest));
                        INSERT INTO photo (path, contentID, size, modified, changed, inode)
                            VALUES (\(photo), \(number), 1, 2, 3, 4);
                        INSERT INTO embedding (contentID, spaceID, vector)
                            VALUES (\(number), 1, \(Data(count: space.dimension * 4)))
                        """)
            }
        }
        return path
    }
}
