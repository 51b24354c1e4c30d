import Postgres
import SystemPackage
import TestSupport
import Testing
import Vectors

@testable import Catalogue

/// Databases that cannot serve, and what their users are told; and what is shared by those who use one that can.
@Suite(.enabled(if: TestDatabase.isAskedFor, "needs a server")) struct ServerTests {
    private let database: TestDatabase

    private struct NoServer: Error {}

    init() throws {
        guard let database = TestDatabase() else { throw NoServer() }
        self.database = database
    }

    private func location(_ user: String = "postgres", database name: String? = nil) throws -> CatalogueLocation {
        let address = database.address.replacing("postgres@", with: "\(user)@")
        guard let name else { return try CatalogueLocation(address) }
        return .server(try PostgresAddress(address).naming(database: name))
    }

    private func refusal(_ location: CatalogueLocation) async -> CatalogueError? {
        do {
            _ = try await location.open().roots()
            return nil
        } catch { return error as? CatalogueError }
    }

    @Test func oneWithATooOldExtensionIsRefused() async throws {
        database.execute(
            "CREATE EXTENSION vector; UPDATE pg_extension SET extversion = '0.7.4' WHERE extname = 'vector'")
        let error = await refusal(try location())
        #expect(error == .noVectors(try location(), found: "0.7.4"))
        #expect(error?.description.contains("0.8.0") == true)
    }

    @Test func oneThatALaterProgramMadeIsRefusedAndLeftAsItIs() async throws {
        _ = try await location().open().roots()
        database.execute("UPDATE lookalike.catalogue SET version = 1000")
        #expect(await refusal(try location()) == .fromNewerVersion(try location()))
    }

    /// As the first version made it, with photos on loan to somebody.
    @Test func oneOfAnEarlierVersionIsBroughtToThePresentOneWithAllItHas() async throws {
        database.execute(PostgresSchema.migrations[0])
        database.execute(
            """
            GRANT USAGE ON SCHEMA lookalike TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA lookalike TO reader;
            SET search_path = lookalike, public;
            INSERT INTO root VALUES ('/shop');
            INSERT INTO content (digest) VALUES (decode(repeat('ab', 32), 'hex'));
            INSERT INTO photo (path, content, size, modified, changed, inode) VALUES ('/shop/1.jpg', 1, 1, 2, 3, 4);
            INSERT INTO space (identity, dimension) VALUES ('model', 3);
            CREATE TABLE embedding_1 (content bigint PRIMARY KEY, vector vector(3) NOT NULL);
            INSERT INTO embedding_1 VALUES (1, '[1, 2, 3]');
            INSERT INTO task VALUES (1, '/shop/2.jpg', 7, 'somebody', now() + interval '1 hour');
            INSERT INTO claim VALUES (1, decode(repeat('cd', 32), 'hex'), 'somebody', now() + interval '1 hour')
            """)
        let catalogue = try location().opened()
        let space = EmbeddingSpace(identity: "model", dimension: 3)
        #expect(try await catalogue.roots() == ["/shop"])
        #expect(try await catalogue.embeddings(ofContents: [1], space: space) == [1: Embedding([1, 2, 3])])
        let list = try #require(catalogue.workList(of: space))
        #expect(try await list.take(10) == [WorkList.Item(path: "/shop/2.jpg", size: 7)])
        #expect(try await catalogue.typeCoverage(of: space) == .incomplete)
        // Who saw the tables of that time sees those of today.
        _ = try await location("reader").opened().typeCoverage(of: space)
        #expect(try await location("reader").opened().types(ofContents: [1], space: space).isEmpty)
    }

    /// The mark of what no photo has any more is set while others record.
    @Test func whatIsMarkedAsUnusedButHasAPhotoIsKept() async throws {
        let catalogue = try location().open()
        let space = EmbeddingSpace(identity: "model", dimension: 3)
        try await catalogue.record([.photo("/1.jpg", 1), .photo("/2.jpg", 2)], space: space)
        try await catalogue.forget(["/2.jpg"])
        database.execute("UPDATE lookalike.content SET unused_since = now() - interval '31 days'")
        try await catalogue.forget([FilePath]())
        #expect(database.count("SELECT count(*) FROM lookalike.content") == 1)
        #expect(try await catalogue.embeddingCount(in: "/", space: space) == 1)
    }

    /// Each takes one of two photos away that hold the same.
    @Test func ofTwoWhoTakeTheLastPhotosOfContentsAtOnceOneMarksThem() async throws {
        let catalogue = try location().open()
        let space = EmbeddingSpace(identity: "model", dimension: 3)
        for round in 1...50 {
            try await catalogue.record([.photo("/1.jpg", round), .photo("/2.jpg", round)], space: space)
            async let first: Void = catalogue.forget(["/1.jpg"])
            async let second: Void = catalogue.record([.photo("/2.jpg", 1000 + round)], space: space)
            _ = try await (first, second)
            try await catalogue.forget(["/2.jpg"])
        }
        #expect(database.count("SELECT count(*) FROM lookalike.content WHERE unused_since IS NULL") == 0)
    }

    @Test func whoseLockWentWithItsSessionIsToldSo() async throws {
        let (catalogue, other) = (try location().open(), try location().open())
        let lock = try await catalogue.lock()
        try await lock.confirm()
        database.execute(
            """
            SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """)
        let another = try await other.lock()
        let error = await #expect(throws: CatalogueError.self) { try await lock.confirm() }
        #expect(error?.description.contains("terminating connection") == true, "\(String(describing: error))")
        try await another.confirm()
    }

    /// With a graph.
    private func largeCatalogue(of space: EmbeddingSpace) async throws -> any PhotoCatalogue {
        let catalogue = try location().open()
        for start in stride(from: 0, to: VectorGraph.leastCount + 1000, by: 4000) {
            let numbers = start..<min(start + 4000, VectorGraph.leastCount + 1000)
            try await catalogue.record(numbers.map { .photo(FilePath("/\($0).jpg"), $0) }, space: space)
        }
        try await catalogue.index(of: space, for: .cosine).fold()
        return catalogue
    }

    /// Whoever searches goes by it, though many embeddings have come since.
    @Test func recallIsMeasuredByWhoIndexes() async throws {
        let space = EmbeddingSpace(identity: "model", dimension: 3)
        let index = try await largeCatalogue(of: space).index(of: space, for: .cosine)
        let request = NearestRequest(selection: nil, metric: .cosine, recall: nil, tasks: 1, name: "") { $0 }
        let measured = "SELECT sum(embeddings)::bigint FROM lookalike.tuning"
        #expect(database.count(measured) == 0)
        try await index.prepare(for: request)
        let count = database.count(measured)
        #expect(count > VectorGraph.leastCount)
        database.execute("UPDATE lookalike.tuning SET embeddings = 5000")
        let contents = try await location().opened().index(of: space, for: .cosine).contents(for: request)
        #expect(contents.recall != nil)
        #expect(database.count(measured) == 5000)
        try await location().opened().index(of: space, for: .cosine).prepare(for: request)
        #expect(database.count(measured) == count)
        database.execute("UPDATE lookalike.tuning SET embeddings = 100")
        _ = try await location().opened().index(of: space, for: .cosine).contents(for: request)
        #expect(database.count(measured) == count)
    }

    /// Who may write nothing measures for itself, once for all who ask.
    @Test func whoMayOnlyReadMeasuresOnce() async throws {
        let space = EmbeddingSpace(identity: "model", dimension: 3)
        _ = try await largeCatalogue(of: space)
        database.execute(
            """
            GRANT USAGE ON SCHEMA lookalike TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA lookalike TO reader
            """)
        let index = try location("reader").opened().index(of: space, for: .cosine)
        let request = NearestRequest(selection: nil, metric: .cosine, recall: nil, tasks: 1, name: "") { $0 }
        let patient = Task { try await index.contents(for: request).recall?.mean }
        let hasty = Task { try await index.contents(for: request).recall?.mean }
        hasty.cancel()
        #expect(try await patient.value != nil)
        #expect(database.count("SELECT count(*) FROM lookalike.tuning") == 0)
    }

    /// As where hardly anything is selected of what lies near.
    @Test func aGraphThatFindsTooFewIsNotTheLastWord() async throws {
        let space = EmbeddingSpace(identity: "model", dimension: 3)
        _ = try await largeCatalogue(of: space)
        database.execute("ALTER DATABASE \(database.name) SET hnsw.max_scan_tuples = 1")
        let request = NearestRequest(selection: nil, metric: .cosine, recall: nil, tasks: 1, name: "") { $0 }
        var contents = try await location().opened().index(of: space, for: .cosine).contents(for: request)
        let found = try await contents.nearest(1500, to: [CatalogueBench.embedding(of: 1)])
        #expect(found.answers[0].neighbors.count == 1500)
    }

    @Test func whoMayMakeNothingIsToldWhatToAskFor() async throws {
        let error = await refusal(try location("reader"))
        #expect(error == .noPermission(try location("reader")))
        #expect(error?.description.contains("CREATE EXTENSION vector") == true)
        #expect(
            try await PostgresConnection.open(
                PostgresAddress(database.address), settings: PostgresSettings(applicationName: "test")
            )
            .query("SELECT FROM pg_namespace WHERE nspname = 'lookalike'").isEmpty)
    }

    @Test func whoMayOnlyReadSearches() async throws {
        let owner = try location().open()
        let space = EmbeddingSpace(identity: "model", dimension: 3)
        try await owner.record([.photo("/1.jpg", 1)], space: space)
        database.execute(
            """
            GRANT USAGE ON SCHEMA lookalike TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA lookalike TO reader
            """)
        let reader = try location("reader").opened()
        let request = NearestRequest(selection: nil, metric: .cosine, recall: nil, tasks: 1, name: "") { $0 }
        var contents = try await reader.index(of: space, for: .cosine).contents(for: request)
        #expect(try await contents.nearest(1, to: [CatalogueBench.embedding(of: 1)]).answers[0].neighbors.count == 1)
        await #expect(throws: CatalogueError.noPermission(try location("reader"))) {
            try await reader.record([.photo("/2.jpg", 2)], space: space)
        }
    }

    @Test func whoOnlyLooksMakesNone() async throws {
        let location = try location()
        await #expect(throws: CatalogueError.missing(location)) { try await location.opened().roots() }
    }

    @Test func aDatabaseThatIsNotThereIsNamed() async throws {
        let error = await refusal(try location(database: "nowhere"))
        guard case .notServed = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func aServerThatDoesNotAnswerIsNamedWithWhatToDo() async throws {
        let error = await refusal(try CatalogueLocation("postgres://127.0.0.1:1/shop"))
        guard case .unreachable = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(error?.description.contains("run again") == true)
    }

    /// What came before is there, what was under way is not, and the next who asks is served again.
    @Test func sessionsThatAreEndedInTheMiddleLeaveNothingHalfDone() async throws {
        let catalogue = try location().open()
        let space = EmbeddingSpace(identity: "model", dimension: 3)
        try await catalogue.record([.photo("/before.jpg", 1)], space: space)
        let recording = Task {
            for batch in 0..<200 {
                let records = (0..<20).map { PhotoRecord.photo(FilePath("/\(batch)/\($0).jpg"), 100 + 20 * batch + $0) }
                try await catalogue.record(records, space: space)
            }
        }
        try await Task.sleep(for: .milliseconds(200))
        database.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        _ = await recording.result
        let batches = Dictionary(grouping: try await catalogue.files(in: "/", space: space, judge: "").keys) {
            $0.removingLastComponent()
        }
        #expect(batches["/"]?.count == 1)
        #expect(batches.allSatisfy { $0.key == "/" || $0.value.count == 20 })
    }

    @Test func whatOneWritesTheOtherFindsAtOnce() async throws {
        let (one, other) = (try location().open(), try location().open())
        let space = EmbeddingSpace(identity: "model", dimension: 3)
        let request = NearestRequest(selection: nil, metric: .cosine, recall: nil, tasks: 1, name: "") { $0 }
        let index = other.index(of: space, for: .cosine)
        for number in 1...3 {
            try await one.record([.photo(FilePath("/\(number).jpg"), number)], space: space)
            var contents = try await index.contents(for: request)
            let found = try await contents.nearest(10, to: [CatalogueBench.embedding(of: number)])
            #expect(found.answers[0].neighbors.count == number)
        }
        #expect(try await one.forget(photos: ["/2.jpg"]) == 1)
        var contents = try await index.contents(for: request)
        #expect(try await contents.nearest(10, to: [CatalogueBench.embedding(of: 2)]).answers[0].neighbors.count == 2)
    }
}
