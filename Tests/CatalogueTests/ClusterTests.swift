import Foundation
import Postgres
import SystemPackage
import TestSupport
import Testing
import Vectors

@testable import Catalogue

/// Catalogues whose embeddings are spread over shards, each of which is a database here: made, changed, and without one of them.
@Suite(.enabled(if: TestDatabase.isAskedFor, "needs a server")) struct ClusterTests {
    private let databases: [TestDatabase]
    private let catalogue: PostgresCatalogue
    private let cluster: CatalogueCluster

    private struct NoServer: Error {}

    init() throws {
        databases = (0..<5).compactMap { _ in TestDatabase() }
        guard databases.count == 5 else { throw NoServer() }
        let location = try CatalogueLocation(databases[0].address)
        cluster = try CatalogueCluster(of: location, mayBeMade: true)
        catalogue = cluster.catalogue
    }

    private func description(of shards: Range<Int>) throws -> ClusterDescription {
        try ClusterDescription(of: databases[1...][(1 + shards.lowerBound)..<(1 + shards.upperBound)])
    }

    /// Numbers around a circle, so that neighbours are known.
    private static func embedding(of number: Int) -> Embedding {
        let angle = Float(number) / 100
        return Embedding([cos(angle), sin(angle), 0])
    }

    private static let space = CatalogueBench.space

    private func record(_ numbers: Range<Int>, in catalogue: PostgresCatalogue? = nil) async throws {
        let records = numbers.map {
            PhotoRecord.photo(FilePath("/\($0).jpg"), $0, embedded: Self.embedding(of: $0).values)
        }
        try await (catalogue ?? self.catalogue).record(records, space: Self.space)
    }

    private func other() -> PostgresCatalogue {
        guard case .server(let address) = catalogue.location else { fatalError("it is on a server") }
        return PostgresCatalogue(on: address, mayBeMade: false)
    }

    private func nearest(
        to number: Int, _ limit: Int = 5, in catalogue: PostgresCatalogue? = nil, partial: Bool = false,
        among selection: PhotoSelection? = nil
    ) async throws -> NearestPhotos {
        let catalogue = catalogue ?? self.catalogue
        var request = NearestRequest(selection: selection, metric: .cosine, recall: nil, tasks: 1, name: "") { $0 }
        request.acceptsMissing = partial
        var contents = try await catalogue.index(of: Self.space, for: .cosine).contents(for: request)
        return try await contents.nearest(limit, to: [Self.embedding(of: number)])
    }

    /// Of the nearest, in their order.
    private func numbers(
        near number: Int, _ limit: Int = 5, in catalogue: PostgresCatalogue? = nil,
        among selection: PhotoSelection? = nil
    ) async throws -> [Int] {
        numbers(try await nearest(to: number, limit, in: catalogue, among: selection))
    }

    private func numbers(_ found: NearestPhotos) -> [Int] {
        found.answers[0].neighbors.flatMap { found.photos[$0.id] ?? [] }.compactMap { Int($0.path.stem ?? "") }
    }

    private func isSound() async throws -> Bool {
        let verification = try await catalogue.verify()
        return verification.catalogueFaults.isEmpty && verification.indexFaults.isEmpty
    }

    private func embeddingCount() async throws -> Int { try await embeddingCounts().compactMap { $0 }.reduce(0, +) }

    private func embeddingCounts() async throws -> [Int?] {
        try await cluster.status.shards.map(\.embeddingCount)
    }

    @Test func aCatalogueThatIsThereIsSpreadAndFindsTheSame() async throws {
        try await record(0..<300)
        let before = try await nearest(to: 150)
        try await cluster.found(try description(of: 0..<3))
        for catalogue in [catalogue, other()] {
            let after = try await nearest(to: 150, in: catalogue)
            #expect(after.answers[0].neighbors == before.answers[0].neighbors)
            #expect(numbers(after).sorted() == [148, 149, 150, 151, 152])
        }
        let counts = try await embeddingCounts().compactMap { $0 }
        #expect(counts.reduce(0, +) == 300)
        #expect(counts.allSatisfy { (80...120).contains($0) })
        #expect(try await isSound())
    }

    @Test func slotsAreTheSameForServersAndForUs() async throws {
        let contents = (0..<2000).map { Int64($0) * 7919 + 1 }
        let slots = try await catalogue.read { connection in
            try await connection.query(
                "SELECT \(SlotMap.slot) FROM unnest($1::bigint[]) WITH ORDINALITY AS numbered (content, place) ORDER BY place",
                [.int64s(contents)]
            ).map { Int(try $0.int64(0)) }
        }
        #expect(slots == contents.map(SlotMap.slot))
    }

    @Test func oneIsMadeOnceAndChangedWhereItIs() async throws {
        await #expect(throws: ClusterError.none(catalogue.location)) { _ = try await cluster.status }
        await #expect(throws: ClusterError.none(catalogue.location)) {
            try await cluster.apply(try description(of: 0..<2))
        }
        try await cluster.found(try description(of: 0..<2))
        await #expect(throws: ClusterError.exists(catalogue.location)) {
            try await cluster.found(try description(of: 0..<2))
        }
        #expect(throws: ClusterError.inFile(.file("/shop.sqlite"))) { try CatalogueCluster(of: .file("/shop.sqlite")) }
    }

    @Test func whatIsWrittenLiesOnItsShardAlone() async throws {
        try await cluster.found(try description(of: 0..<3))
        try await record(0..<200)
        try await record(100..<250)
        #expect(try await embeddingCount() == 250)
        #expect(try await catalogue.spaces().map(\.count) == [250])
        #expect(try await catalogue.embeddingCount(in: "/", space: Self.space) == 250)
    }

    /// Does something while another machine writes 200 more, and one finds all that was there from the beginning.
    private func whileEverythingIsFound(_ change: () async throws -> Void) async throws {
        let (serving, isDone) = (other(), IsDone())
        let searching = Task {
            var rounds = 0
            while await !isDone.value {
                for number in [3, 155, 290] {
                    let around = try await numbers(near: number, in: serving).sorted()
                    #expect(around == Array(number - 2...number + 2))
                }
                rounds += 1
            }
            return rounds
        }
        let writing = Task {
            for start in stride(from: 1000, to: 1200, by: 10) { try await record(start..<(start + 10), in: serving) }
        }
        try await change()
        try await writing.value
        await isDone.set()
        #expect(try await searching.value > 0)
        #expect(try await serving.files(in: "/", space: Self.space, judge: "").count == 600)
    }

    @Test func shardsAreAddedAndTakenAwayWhileEverythingIsFound() async throws {
        try await record(0..<400)
        try await cluster.found(try description(of: 0..<2))
        try await whileEverythingIsFound {
            try await cluster.apply(try description(of: 0..<4))
            try await cluster.apply(try description(of: 2..<4).renamed(from: "ab", to: "cd"))
        }
        let status = try await cluster.status
        #expect(status.shards.map(\.name) == ["c", "d"])
        #expect(status.shards.map(\.slotCount) == [512, 512])
        #expect(status.shards.compactMap(\.embeddingCount).reduce(0, +) == 600)
        #expect(try await isSound())
    }

    /// As by somebody who takes another for dead that is still at work.
    @Test func whatHasMovedAlreadyIsNotMovedAgain() async throws {
        try await record(0..<200)
        try await cluster.found(try description(of: 0..<2))
        let slots = try #require(try await catalogue.cluster()).slots
        let numbers = Set((0..<SlotMap.slotCount).map { slots[$0] }).sorted()
        let transfer = SlotTransfer(slots: slots.slots(of: numbers[0]), from: numbers[0], to: numbers[1], isLost: false)
        for _ in 0..<2 { try await catalogue.move(transfer) }
        #expect(try await embeddingCount() == 200)
        #expect(try await catalogue.spaces().map(\.count) == [200])
        #expect(try await isSound())
    }

    @Test func aShardThatIsGoneInTheMiddleOfAChangeIsCalledByItsName() async throws {
        try await record(0..<200)
        try await cluster.found(try description(of: 0..<2))
        let before = try #require(try await catalogue.cluster())
        shut(databases[2])
        let (from, to) = (before.shards[0].number, before.shards[1].number)
        let transfer = SlotTransfer(slots: before.slots.slots(of: from), from: from, to: to, isLost: false)
        let error = await #expect(throws: CatalogueError.self) { try await catalogue.move(transfer) }
        guard case .shardsMissing(_, ["b"], _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        database(2, "true")
        try await heals { try await embeddingCount() == 200 }
        #expect(try await catalogue.cluster()?.slots.slots(of: from) == before.slots.slots(of: from))
    }

    @Test func onlyOneAtATimeChangesACluster() async throws {
        try await cluster.found(try description(of: 0..<2))
        let lock = try await catalogue.graphLock()
        await #expect(throws: ClusterError.busy(catalogue.location)) {
            try await cluster.apply(try description(of: 0..<3))
        }
        switch consume lock {
        case .some(let lock): try await lock.confirm()
        case .none: Issue.record("nobody else is there")
        }
        try await cluster.apply(try description(of: 0..<3))
    }

    @Test(arguments: ["SELECT pg_sleep(3600)", "BEGIN; SET LOCAL statement_timeout = 100; SELECT pg_sleep(3600)"])
    func aStatementThatTakesTooLongMakesNoShardMissing(statement: String) async throws {
        try await cluster.found(try description(of: 0..<2))
        let cluster = try #require(try await other().cluster())
        let slow = try await cluster.ask(within: .milliseconds(500)) { try await $1.execute(statement) }
        #expect(slow.missing.map(\.name) == ["a", "b"])
        let others = try await cluster.ask(within: nil) { try await $1.query("SELECT 1") }
        #expect(others.missing.isEmpty)
    }

    /// It takes a superuser to set up a cluster, and nobody else has to be one.
    @Test func whoOwnsTheCatalogueIndexesAndWhoReadsItSearches() async throws {
        databases[0].execute("CREATE EXTENSION vector; GRANT CREATE ON DATABASE \(databases[0].name) TO keeper")
        func open(_ user: String) throws -> PostgresCatalogue {
            let address = databases[0].address.replacing("postgres@", with: "\(user)@")
            return PostgresCatalogue(on: try PostgresAddress(address), mayBeMade: true)
        }
        let keeper = try open("keeper")
        try await record(0..<50, in: keeper)
        databases[0].execute(
            "GRANT USAGE ON SCHEMA lookalike TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA lookalike TO reader")
        try await cluster.found(try description(of: 0..<2))
        try await record(50..<100, in: keeper)
        try await keeper.record([.photo("/0.jpg", 0, embedded: [1, 2])], space: CatalogueBench.otherSpace)
        try await cluster.apply(try description(of: 0..<3))
        try await cluster.apply(try description(of: 1..<3).renamed(from: "ab", to: "bc"))
        try await record(100..<150, in: keeper)
        #expect(try await keeper.files(in: "/", space: Self.space, judge: "").count == 150)
        let reader = try open("reader")
        #expect(try await reader.embeddingCount(in: "/", space: Self.space) == 150)
        let around = try await numbers(near: 75, in: reader)
        #expect(around.sorted() == [73, 74, 75, 76, 77])
    }

    /// As after a failure of the catalogue's server, which forgets what shards have kept.
    @Test func aNumberThatIsGivenTwiceFindsNothingOfTheFirstTime() async throws {
        try await cluster.found(try description(of: 0..<2))
        try await record(0..<10)
        for shard in databases[1...2] {
            shard.execute(
                "INSERT INTO lookalike_shard.embedding_1 SELECT number, '[1, 0, 0]' FROM generate_series(100, 400) AS number"
            )
        }
        databases[0].execute("ALTER TABLE lookalike.content ALTER COLUMN id RESTART WITH 200")
        try await catalogue.record([.faulty("/10.jpg", 10, "no photo"), .known("/11.jpg", 11)], space: Self.space)
        let files = try await catalogue.files(in: "/", space: Self.space, judge: CatalogueBench.judge)
        #expect(files["/10.jpg"]?.state == .faulty("no photo"))
        #expect(files["/11.jpg"]?.state == .new)
    }

    @Test func aTableThatAShardKeptWhenItsSpaceWasForgottenIsDropped() async throws {
        try await cluster.found(try description(of: 0..<2))
        try await record(0..<10)
        databases[2].execute("CREATE TABLE lookalike_shard.embedding_99 (content bigint)")
        try await catalogue.compact()
        #expect(databases[2].count("SELECT count(*) FROM pg_tables WHERE tablename = 'embedding_99'") == 0)
        #expect(try await embeddingCount() == 10)
    }

    @Test func oneIsFoundedWhileEverythingIsFound() async throws {
        try await record(0..<400)
        try await whileEverythingIsFound { try await cluster.found(try description(of: 0..<3)) }
        #expect(try await cluster.status.shards.compactMap(\.embeddingCount).reduce(0, +) == 600)
        #expect(try await isSound())
    }

    @Test func oneThatIsStoppedBeforeItIsFoundedIsNone() async throws {
        let count = 4200
        try await record(0..<count)
        let founding = Task { [cluster] in
            try await cluster.found(try description(of: 0..<3)) { _, _ in withUnsafeCurrentTask { $0?.cancel() } }
        }
        await #expect(throws: CancellationError.self) { try await founding.value }
        await #expect(throws: ClusterError.none(catalogue.location)) { _ = try await cluster.status }
        #expect(databases[0].count("SELECT count(*) FROM pg_foreign_server") == 0)
        try await record(count..<count + 10)
        var last = (done: 0, total: 0)
        try await cluster.found(try description(of: 0..<2)) { last = ($0, $1) }
        #expect(last == (count + 10, count + 10))
        #expect(try await embeddingCount() == count + 10)
        #expect(try await isSound())
    }

    @Test func whoKnowsAShardThatIsNoneAnyMoreAsksTheOthers() async throws {
        try await record(0..<100)
        try await cluster.found(description(of: 0..<3))
        let serving = other()
        _ = try await nearest(to: 50, in: serving)
        try await cluster.apply(description(of: 0..<2))
        let around = try await numbers(near: 50, in: serving)
        #expect(around.sorted() == [48, 49, 50, 51, 52])
        let late = other()
        _ = try await late.spaces()
        try await cluster.apply(description(of: 0..<3))
        #expect(try await late.spaces().map(\.count) == [100])
    }

    @Test func aMoveThatWasInterruptedLeavesNothingDoubled() async throws {
        try await record(0..<200)
        try await cluster.found(try description(of: 0..<2))
        // As after a move whose copy was kept by the shard, and by nobody else.
        databases[2].execute(
            "INSERT INTO lookalike_shard.embedding_1 SELECT number, '[1, 0, 0]' FROM generate_series(1, 5000) AS number ON CONFLICT DO NOTHING"
        )
        #expect(try await catalogue.spaces().map(\.count) != [200])
        let around = try await numbers(near: 100).sorted()
        #expect(around == [98, 99, 100, 101, 102])
        #expect(try await isSound())
        #expect(try await catalogue.spaces().map(\.count) == [200])
        #expect(try await embeddingCount() == 200)
    }

    @Test func whatIsForgottenIsForgottenOnShards() async throws {
        try await cluster.found(try description(of: 0..<3))
        try await record(0..<90)
        #expect(try await catalogue.forget(photos: (0..<30).map { FilePath("/\($0).jpg") }) == 30)
        #expect(try await embeddingCount() == 60)
        try await catalogue.forget([Self.space])
        #expect(try await catalogue.spaces().isEmpty)
        try await record(0..<10)
        #expect(try await embeddingCount() == 10)
    }

    @Test func fewPhotosThatAreSelectedAreComparedOnTheirShards() async throws {
        try await cluster.found(try description(of: 0..<3))
        try await record(0..<300)
        var selection = PhotoSelection(folders: [.init("/")])
        selection.among = [FilePath("/10.jpg"), FilePath("/200.jpg"), FilePath("/20.jpg")]
        let found = try await nearest(to: 12, among: selection)
        #expect(numbers(found) == [10, 20, 200])
        selection.among = []
        let around = try await numbers(near: 12, among: selection).isEmpty
        #expect(around)
    }

    /// Where a database lets nobody in, a server is as good as gone.
    @Test func withoutAShardThereIsAnErrorOrWhatTheOthersHaveAndItHeals() async throws {
        try await record(0..<300)
        try await cluster.found(try description(of: 0..<3))
        let serving = other()
        #expect(try await nearest(to: 100, in: serving).missing.isEmpty)
        shut(databases[2])
        let error = await #expect(throws: CatalogueError.self) { try await nearest(to: 100, in: serving) }
        guard case .shardsMissing(_, ["b"], _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        let partial = try await nearest(to: 100, 300, in: serving, partial: true)
        #expect(partial.missing == ["b"])
        let held = numbers(partial)
        #expect((150...250).contains(held.count))
        let answering = try await cluster.status.shards.filter { $0.problem == nil }.map(\.name)
        #expect(answering == ["a", "c"])
        await #expect(throws: CatalogueError.self) { try await record(500..<600, in: serving) }
        database(2, "true")
        try await heals { try await nearest(to: 100, in: serving).missing.isEmpty }
        let around = try await numbers(near: 100, 1000, in: serving).count
        #expect(around == 300)
        // What could not be written is nowhere, and is written then.
        try await record(500..<600, in: serving)
        #expect(try await serving.photoCount() == 400)
        try await heals { try await isSound() }
        #expect(try await catalogue.spaces().map(\.count) == [400])
    }

    private func database(_ place: Int, _ isOpen: String) {
        databases[0].execute("ALTER DATABASE \(databases[place].name) ALLOW_CONNECTIONS \(isOpen)")
    }

    private func shut(_ shard: TestDatabase) {
        databases[0].execute("ALTER DATABASE \(shard.name) ALLOW_CONNECTIONS false")
        databases[0].execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(shard.name)'")
    }

    private func heals(_ isWell: () async throws -> Bool) async throws {
        for _ in 0..<300 {
            if (try? await isWell()) == true { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        Issue.record("it does not heal")
    }

    /// Shards keep the embeddings of a transaction that fails.
    @Test func whatLiesOnAShardHasATypeThoughTheTransactionThatBroughtItFailed() async throws {
        try await record(0..<10)
        try await cluster.found(description(of: 0..<2))
        databases[0].execute("ALTER TABLE lookalike.fault ADD CHECK (false)")
        let batch =
            (0..<10).map { PhotoRecord.photo(FilePath("/\($0).jpg"), $0, embedded: [1, 2], type: 4) } + [
                .faulty("/10.jpg", 10, "no photo")
            ]
        await #expect(throws: CatalogueError.self) {
            try await catalogue.record(batch, space: CatalogueBench.otherSpace)
        }
        let contents = try await catalogue.files(after: nil, limit: 20).map(\.content)
        let embedded = try await catalogue.embedded(among: contents, space: CatalogueBench.otherSpace)
        let types = try await catalogue.types(ofContents: contents, space: CatalogueBench.otherSpace)
        #expect(embedded.count == 10)
        #expect(Set(types.keys) == embedded)
    }

    /// So many that each of two shards has a graph.
    @Test func aNewShardHasTheGraphsThatOthersHaveBeforeItsSlotsCome() async throws {
        let count = 2 * VectorGraph.leastCount + 2000
        for start in stride(from: 0, to: count, by: 4000) { try await record(start..<min(start + 4000, count)) }
        try await cluster.found(description(of: 0..<2))
        let index = catalogue.index(of: Self.space, for: .cosine)
        try await index.fold()
        let troubles = await index.takeTroubles()
        #expect(troubles.isEmpty)
        #expect(graphCounts() == [1, 1, 0])
        try await cluster.apply(description(of: 0..<3))
        #expect(graphCounts() == [1, 1, 1])
        #expect(try await embeddingCount() == count)
        let pending = try await index.pendingCount()
        #expect(pending == 0)
        let found = try await nearest(to: 5000, in: other())
        #expect(found.answers[0].neighbors.count == 5)
        try await expectOnlyToldContents(every: 3)
    }

    /// Of contents that are told one by one, whether they are looked for in graphs or each is compared.
    private func expectOnlyToldContents(every step: Int64) async throws {
        let cluster = try #require(try await catalogue.cluster())
        let told = try await catalogue.read { connection in
            try await connection.query("SELECT id FROM content WHERE id % $1 = 0", [.int64(step)]).map {
                try $0.int64(0)
            }
        }
        let request = NearestRequest(selection: nil, metric: .cosine, recall: nil, tasks: 1, name: "") { $0 }
        var similarities: [[Double]] = []
        for areFew in [true, false] {
            let search = ScatteredSearch(
                space: Self.space, table: try await catalogue.table(of: Self.space), cluster: cluster, request: request,
                effort: GraphEffort(candidates: 200, recall: nil), selected: cluster.slots.split(told), areFew: areFew)
            let found = try await search.nearest(50, to: [Self.embedding(of: 5000)], at: catalogue.location)
            #expect(found.answers[0].neighbors.allSatisfy { $0.id % step == 0 })
            similarities.append(found.answers[0].neighbors.map(\.similarity))
        }
        #expect(similarities[0].count == 50)
        #expect(similarities[0] == similarities[1])
    }

    /// Of the first three shards, those that are whole.
    private func graphCounts() -> [Int] {
        databases[1...3].map {
            $0.count("SELECT count(*) FROM pg_index WHERE indisvalid AND indexrelid::regclass::text LIKE '%_cosine'")
        }
    }

    @Test func whatIsLostWithAShardIsEmbeddedAnew() async throws {
        try await record(0..<300)
        try await cluster.found(description(of: 0..<3))
        shut(databases[2])
        let rest = try ClusterDescription(of: [databases[1], databases[3]])
        let left = try ClusterDescription(shards: [rest.shards[0], .init(name: "c", address: rest.shards[1].address)])
        await #expect(throws: ClusterError.lostAndWanted(name: "a")) { try await cluster.apply(left, lost: ["a"]) }
        await #expect(throws: CatalogueError.self) { try await cluster.apply(left) }
        try await cluster.apply(left, lost: ["b"])
        let names = try await cluster.status.shards.map(\.name)
        #expect(names == ["a", "c"])
        let kept = try await embeddingCount()
        #expect((150...250).contains(kept))
        let files = try await catalogue.files(in: "/", space: Self.space, judge: "")
        #expect(files.values.count { $0.state == .embedded } == kept)
        try await record(0..<300)
        #expect(try await embeddingCount() == 300)
        #expect(try await isSound())
    }

    @Test func aDatabaseOfAnotherCatalogueIsNoShard() async throws {
        try await cluster.found(try description(of: 0..<2))
        let another = try CatalogueCluster(of: CatalogueLocation(databases[4].address), mayBeMade: true)
        await #expect(throws: ClusterError.takenShard(name: "a")) {
            try await another.found(try description(of: 0..<1))
        }
        await #expect(throws: ClusterError.none(another.catalogue.location)) { _ = try await another.status }
    }

    @Test func aShardThatMovesElsewhereMustHaveWhatItHad() async throws {
        try await cluster.found(try description(of: 0..<2))
        var moved = try description(of: 0..<2)
        moved.shards[1].address = databases[3].address
        let wrong = moved
        await #expect(throws: ClusterError.emptyShard(name: "b")) { try await cluster.apply(wrong) }
        // The same database by another of its names.
        moved.shards[1].address = databases[2].address.replacing("127.0.0.1", with: "localhost")
        try await record(0..<50)
        try await cluster.apply(moved)
        let addresses = try await cluster.status.shards.map(\.address)
        #expect(addresses == moved.shards.map(\.address))
        let around = try await numbers(near: 25).sorted()
        #expect(around == [23, 24, 25, 26, 27])
        #expect(try await catalogue.files(in: "/", space: Self.space, judge: "").count == 50)
    }

    /// As where a standby has taken the place of a server that is gone.
    @Test func aShardsAddressMayNameSeveralServersOfWhichOneAnswers() async throws {
        try await record(0..<60)
        var description = try description(of: 0..<2)
        description.shards[1].address =
            databases[2].address.replacing("@127.0.0.1:", with: "@127.0.0.1:1,127.0.0.1:")
            + "?target_session_attrs=read-write"
        try await cluster.found(description)
        try await record(60..<100)
        #expect(try await embeddingCount() == 100)
        #expect(try await catalogue.files(in: "/", space: Self.space, judge: "").count == 100)
        let around = try await numbers(near: 50)
        #expect(around.sorted() == [48, 49, 50, 51, 52])
    }

    @Test func theCataloguesOwnDatabaseCanBeAShardToo() async throws {
        try await record(0..<100)
        try await cluster.found(try ClusterDescription(of: [databases[0], databases[1]]))
        let around = try await numbers(near: 50).sorted()
        #expect(around == [48, 49, 50, 51, 52])
        try await record(100..<200)
        #expect(try await catalogue.spaces().map(\.count) == [200])
    }
}

private actor IsDone {
    private(set) var value = false
    func set() { value = true }
}

extension ClusterDescription {
    /// With other names, letter by letter.
    fileprivate func renamed(from old: String, to new: String) -> ClusterDescription {
        var renamed = self
        for (own, other) in zip(old, new) {
            for place in shards.indices where shards[place].name == String(own) {
                renamed.shards[place].name = String(other)
            }
        }
        return renamed
    }
}
