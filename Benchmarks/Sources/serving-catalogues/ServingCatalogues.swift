import Catalogue
import Foundation
import Hashing
import SystemPackage
import Vectors

/// serving-catalogues ADDRESS [COUNT DIMENSION [SHARD…]]: what a catalogue costs on a PostgreSQL server, beside libpq with
/// nothing around it, in an empty database; or, where the addresses of shards are given, what it costs to spread it over them.
/// Prints a line for each figure.
@main
struct ServingCatalogues {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        let numbers = arguments.dropFirst().compactMap { Int($0) } + [100_000, 512][min(2, arguments.count - 1)...]
        let shards = Array(arguments.dropFirst(3))
        guard shards.isEmpty else {
            let trial = try ClusterTrial(arguments.first!, shards: shards, count: numbers[0], dimension: numbers[1])
            try await trial.load()
            return try await trial.search()
        }
        let trial = try Trial(arguments.first!, count: numbers[0], dimension: numbers[1])
        try await trial.load()
        try await trial.copy()
        try await trial.searchExactly()
        try await trial.buildGraph()
        try await trial.search()
        try await trial.filter()
        try await trial.filterByType()
    }
}

/// Seconds on the clock and of this process's processors.
struct Lap: CustomStringConvertible {
    private let start = ContinuousClock.now
    private let processor = Lap.processorTime

    var wall: Double { (ContinuousClock.now - start) / .seconds(1) }

    var description: String {
        String(format: "%.2f s, %.2f s of this process", wall, Lap.processorTime - processor)
    }

    private static var processorTime: Double {
        var usage = rusage()
        getrusage(0, &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }
}

struct Trial {
    private let address: String
    private let catalogue: any PhotoCatalogue
    private let file: any PhotoCatalogue
    private let space: EmbeddingSpace
    private let vectors: [Embedding]
    private let queries: [Embedding]
    private static let queryCount = 300

    init(_ address: String, count: Int, dimension: Int) throws {
        self.address = address
        catalogue = try CatalogueLocation(address).open()
        file = try CatalogueLocation(NSTemporaryDirectory() + UUID().uuidString + ".sqlite").open()
        space = EmbeddingSpace(identity: "made up", dimension: dimension)
        var source = MadeUpVectors(dimension: dimension)
        vectors = (0..<count).map { _ in source.next() }
        queries = (0..<Self.queryCount).map { _ in source.next() }
        print("\(count) vectors of \(dimension) numbers")
    }

    /// Files are in a hundred folders.
    private func records(_ numbers: Range<Int>) -> [PhotoRecord] {
        numbers.map { number in
            PhotoRecord(
                path: FilePath("/made-up/\(number % 100)/\(number).jpg"),
                stamp: FileStamp(size: 1, modified: 1, changed: 1, inode: Int64(number)),
                digest: SHA256Digest(of: Array("\(number)".utf8)), finding: .known)
        }
    }

    func load() async throws {
        var lap = Lap()
        for start in stride(from: 0, to: vectors.count, by: 4096) {
            let records = records(start..<min(start + 4096, vectors.count))
            try await catalogue.record(records, space: space)
            try await file.record(records, space: space)
        }
        print("files, into both: \(lap)")
        let rows = try await rows(of: catalogue)
        try await keep(rows, in: space, writers: 1)
        let other = EmbeddingSpace(identity: "by two", dimension: space.dimension)
        try await keep(rows, in: other, writers: 2)
        try await catalogue.forget([other])
        try await file.keep(try await self.rows(of: file), in: space)
        let bare = BareClient(address)
        bare.run("CREATE TABLE bare (content bigint PRIMARY KEY, vector vector(\(space.dimension)) NOT NULL)")
        if space.dimension <= 2000 { bare.run("ALTER TABLE bare ALTER COLUMN vector SET STORAGE PLAIN") }
        lap = Lap()
        bare.copy(vectors, into: "bare")
        print("the same by bare libpq, in one transaction: \(lap)")
        bare.run("DROP TABLE bare")
    }

    private func keep(
        _ rows: [(content: Int64, embedding: Embedding)], in space: EmbeddingSpace, writers: Int
    ) async throws {
        let lap = Lap()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<writers {
                let own = rows[writer * rows.count / writers..<(writer + 1) * rows.count / writers]
                group.addTask { [catalogue] in
                    for start in stride(from: own.startIndex, to: own.endIndex, by: 16_384) {
                        try await catalogue.keep(Array(own[start..<min(start + 16_384, own.endIndex)]), in: space)
                    }
                }
            }
            try await group.waitForAll()
        }
        print("embeddings by COPY, \(writers) at once: \(lap)")
    }

    /// Of all that the file knows into a database of its own, and back into another file, as `lookalike copy` does.
    func copy() async throws {
        BareClient(address).run("CREATE DATABASE copied")
        let target = try CatalogueLocation(address.replacing(/\/[^\/]*$/, with: "/copied")).open()
        var lap = Lap()
        try await CatalogueCopy(from: file, to: target).run()
        print("copied from a file: \(lap)")
        let back = try CatalogueLocation(NSTemporaryDirectory() + UUID().uuidString + ".sqlite").open()
        lap = Lap()
        try await CatalogueCopy(from: target, to: back).run()
        print("copied into a file: \(lap)")
    }

    /// By the numbers that a catalogue has given to the contents.
    private func rows(of catalogue: any PhotoCatalogue) async throws -> [(content: Int64, embedding: Embedding)] {
        var (rows, last) = ([(content: Int64, embedding: Embedding)](), FilePath?.none)
        while true {
            let files = try await catalogue.files(after: last, limit: 10_000)
            guard let end = files.last else { return rows.sorted { $0.content < $1.content } }
            rows += files.map { (content: $0.content, embedding: vectors[Int($0.stamp.inode)]) }
            last = end.path
        }
    }

    private func request(_ recall: Double?, _ selection: PhotoSelection? = nil) -> NearestRequest {
        NearestRequest(selection: selection, metric: .dot, recall: recall, tasks: 2, name: "") { $0 }
    }

    private func paths(_ found: NearestPhotos, _ limit: Int = 10) -> [[String]] {
        found.answers.map { answer in
            answer.neighbors.prefix(limit).flatMap { found.photos[$0.id, default: []].map { $0.path.string } }
        }
    }

    func searchExactly() async throws {
        let asked = Array(queries.prefix(50))
        var own = try await catalogue.index(of: space, for: .dot).contents(for: request(1))
        var other = try await file.index(of: space, for: .dot).contents(for: request(1))
        let lap = Lap()
        let found = try await own.nearest(18, to: asked)
        print("exact search: \(lap) for 50")
        let expected = try await other.nearest(18, to: asked)
        let equal = zip(paths(found), paths(expected)).count { $0 == $1 }
        print("exact answers like those of a catalogue in a file: \(equal) of 50")
    }

    func buildGraph() async throws {
        let index = catalogue.index(of: space, for: .dot)
        var lap = Lap()
        try await index.fold()
        print("graph: \(lap)\((await index.takeTroubles()).joined())")
        lap = Lap()
        let contents = try await catalogue.index(of: space, for: .dot).contents(for: request(nil))
        print("recall is measured: \(lap)")
        print(
            "recall at 10, by the catalogue's own vectors: \(contents.recall.map { "\($0.mean) [\($0.lower), \($0.upper)]" } ?? "exact")"
        )
    }

    /// Both take turns; the bare client asks with the statement that the catalogue asks with.
    func search() async throws {
        var contents = try await catalogue.index(of: space, for: .dot).contents(for: request(nil))
        let bare = BareClient(address)
        let candidates = try await candidates()
        bare.run("SET hnsw.ef_search = \(candidates)")
        bare.run("SET hnsw.iterative_scan = relaxed_order")
        bare.prepare("short", Self.statement("content", space.dimension, limit: 18))
        bare.prepare("same", Self.statement("content, vector", space.dimension, limit: 26, photos: true))
        var times: [String: [Double]] = [:]
        var truth = try await file.index(of: space, for: .dot).contents(for: request(1))
        var hits = 0
        for (place, query) in queries.enumerated() {
            // Who asks first finds less of it in the processors' caches.
            for turn in 0..<3 {
                let lap = Lap()
                switch (place + turn) % 3 {
                case 0:
                    _ = try await contents.nearest(18, to: [query])
                    times["catalogue", default: []].append(lap.wall)
                case 1:
                    _ = bare.search("same", query)
                    times["bare libpq, the same statement", default: []].append(lap.wall)
                default:
                    _ = bare.search("short", query)
                    times["bare libpq, numbers alone", default: []].append(lap.wall)
                }
            }
            let found = try await contents.nearest(18, to: [query])
            let expected = try await truth.nearest(10, to: [query])
            hits += Set(paths(found)[0]).intersection(paths(expected)[0]).count
        }
        print("ef_search \(candidates), recall at 10 of other queries: \(Double(hits) / Double(10 * queries.count))")
        for (name, times) in times.sorted(by: { $0.key < $1.key }) {
            let sorted = times.sorted()
            print(String(format: "%@: median %.2f ms, 99 %% %.2f ms", name, sorted[150] * 1e3, sorted[297] * 1e3))
        }
    }

    private func candidates() async throws -> Int {
        let bare = BareClient(address)
        bare.prepare("candidates", "SELECT candidates::bigint FROM tuning, (SELECT $1::vector) AS unused")
        return Int(bare.search("candidates", Embedding([0])).first ?? 40)
    }

    private static func statement(_ columns: String, _ dimension: Int, limit: Int, photos: Bool = false) -> String {
        let nearest = """
            SELECT \(columns) FROM embedding_1
            ORDER BY (vector::halfvec(\(dimension))) <#> $1::vector::halfvec(\(dimension)) LIMIT \(limit)
            """
        guard photos else { return nearest }
        return """
            SELECT nearest.content, nearest.vector, photo.id, photo.path, photo.content, content.digest, photo.modified
            FROM (\(nearest)) AS nearest LEFT JOIN photo ON photo.content = nearest.content
            LEFT JOIN content ON content.id = nearest.content
            """
    }

    /// One folder in a hundred, and ten.
    func filter() async throws {
        for folders in [1, 10] {
            let selection = PhotoSelection(
                folders: (0..<folders).map { PhotoSelection.Folder(FilePath("/made-up/\($0)")) })
            var own = try await catalogue.index(of: space, for: .dot).contents(for: request(nil, selection))
            var truth = try await file.index(of: space, for: .dot).contents(for: request(1, selection))
            var (times, hits) = ([Double](), 0)
            for query in queries.prefix(100) {
                let lap = Lap()
                let found = try await own.nearest(Self.asked, to: [query])
                times.append(lap.wall)
                let expected = try await truth.nearest(Self.asked, to: [query])
                hits += Set(selected(found, selection)).intersection(selected(expected, selection)).count
            }
            print(
                String(
                    format: "filter of %d %%: median %.2f ms, recall at 10 %.4f", folders, times.sorted()[50] * 1e3,
                    Double(hits) / 1000))
        }
    }

    /// Enough that a catalogue in a file goes through the selected photos first.
    private static let asked = 40

    /// The ten nearest that are selected.
    private func selected(_ found: NearestPhotos, _ selection: PhotoSelection) -> [String] {
        let photos = found.answers[0].neighbors.flatMap { found.photos[$0.id, default: []] }
        return photos.filter(selection.contains).prefix(10).map(\.path.string)
    }

    /// One photo in a hundred, ten, and more than half: by what a model takes them for, which here is chance.
    func filterByType() async throws {
        var lap = Lap()
        try await catalogue.keepTypes(of: space, by: Self.type)
        print("types of embeddings that came without them: \(lap)")
        var all = try await file.index(of: space, for: .dot).contents(for: request(1))
        for share in [1, 10, 60] {
            var request = request(nil)
            request.types = Set(0..<Int16(share))
            var own = try await catalogue.index(of: space, for: .dot).contents(for: request)
            var (times, hits) = ([Double](), 0)
            for query in queries.prefix(100) {
                lap = Lap()
                let found = try await own.nearest(18, to: [query])
                times.append(lap.wall)
                let expected = ofTypes(below: share, try await all.nearest(4000 / share, to: [query]))
                hits += Set(ofTypes(below: share, found)).intersection(expected).count
            }
            print(
                String(
                    format: "filter by types, of %d %%: median %.2f ms, recall at 10 %.4f", share,
                    times.sorted()[50] * 1e3,
                    Double(hits) / 1000))
        }
    }

    private static func type(of embedding: Embedding) -> Int16 { Int16(embedding.values[0].bitPattern % 100) }

    /// The ten nearest that are of some types.
    private func ofTypes(below share: Int, _ found: NearestPhotos) -> [String] {
        let photos = found.answers[0].neighbors.flatMap { found.photos[$0.id, default: []] }
        let selected = photos.filter { Int(Self.type(of: vectors[Int($0.path.stem!)!])) < share }
        return selected.prefix(10).map(\.path.string)
    }
}
