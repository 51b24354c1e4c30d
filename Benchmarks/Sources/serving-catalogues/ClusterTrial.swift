import Catalogue
import Foundation
import Hashing
import SystemPackage
import Vectors

/// The same embeddings on one server and spread over several, asked in turns.
struct ClusterTrial {
    private let address: String
    private let clustered: String
    private let space: EmbeddingSpace
    private let vectors: [Embedding]
    private let queries: [Embedding]
    private let one: any PhotoCatalogue
    private let many: any PhotoCatalogue
    private let cluster: CatalogueCluster
    private let description: ClusterDescription
    private static let queryCount = 300

    /// Two databases on the server at `address`, and one on each shard's.
    init(_ address: String, shards: [String], count: Int, dimension: Int) throws {
        BareClient(address).run("CREATE DATABASE clustered")
        self.address = address
        clustered = address[...address.lastIndex(of: "/")!] + "clustered"
        one = try CatalogueLocation(address).open()
        let location = try CatalogueLocation(clustered)
        many = try location.open()
        cluster = try CatalogueCluster(of: location, mayBeMade: true)
        description = try ClusterDescription(
            shards: shards.enumerated().map { .init(name: "shard \($0)", address: $1) }, deadline: 60)
        space = EmbeddingSpace(identity: "made up", dimension: dimension)
        var source = MadeUpVectors(dimension: dimension)
        vectors = (0..<count).map { _ in source.next() }
        queries = (0..<Self.queryCount).map { _ in source.next() }
        print("\(count) vectors of \(dimension) numbers, on one server and on \(shards.count) shards")
    }

    func load() async throws {
        try await cluster.found(description)
        for (name, catalogue) in [("one server", one), ("cluster", many)] {
            let lap = Lap()
            for start in stride(from: 0, to: vectors.count, by: 4096) {
                let records = (start..<min(start + 4096, vectors.count)).map { number in
                    PhotoRecord(
                        path: FilePath("/made-up/\(number % 100)/\(number).jpg"),
                        stamp: FileStamp(size: 1, modified: 1, changed: 1, inode: Int64(number)),
                        digest: SHA256Digest(of: Array("\(number)".utf8)), finding: .embedding(vectors[number]))
                }
                try await catalogue.record(records, space: space)
            }
            print("\(name), photos and embeddings: \(lap)")
            let graph = Lap()
            try await catalogue.index(of: space, for: .dot).fold()
            print("\(name), graph: \(graph)")
        }
        print(try await cluster.status.shards.map { "\($0.name): \($0.embeddingCount ?? 0)" }.joined(separator: ", "))
    }

    /// First each as it chooses to search itself for a recall of .99, and then the cluster with as many candidates a shard as the
    /// one server looks at.
    func search() async throws {
        try await compare("as each chooses")
        let candidates = "SELECT candidates::bigint FROM tuning, (SELECT $1::vector) AS unused"
        let own = BareClient(address)
        own.prepare("candidates", candidates)
        let most = own.search("candidates", Embedding([0])).first ?? 40
        BareClient(clustered).run("UPDATE tuning SET candidates = \(most), mean = 1, lower = 1, upper = 1")
        try await compare("with \(most) candidates each")
    }

    /// Who asks first finds less of it in the processors' caches.
    private func compare(_ effort: String) async throws {
        let request = NearestRequest(selection: nil, metric: .dot, recall: nil, tasks: 2, name: "") { $0 }
        var single = try await one.index(of: space, for: .dot).contents(for: request)
        var spread = try await many.index(of: space, for: .dot).contents(for: request)
        print(
            "\(effort): measured recall of one server \(single.recall?.mean ?? 1), cluster \(spread.recall?.mean ?? 1)")
        let truth = try await truth()
        var (times, hits) = ([[Double]](repeating: [], count: 2), [0, 0])
        for (place, query) in queries.enumerated() {
            for turn in 0..<2 {
                let which = (place + turn) % 2
                let lap = Lap()
                let found =
                    which == 0 ? try await single.nearest(18, to: [query]) : try await spread.nearest(18, to: [query])
                times[which].append(lap.wall)
                hits[which] += truth[place].intersection(numbers(found)).count
            }
        }
        for (which, name) in ["one server", "cluster"].enumerated() {
            let sorted = times[which].sorted()
            let recall = Double(hits[which]) / Double(10 * queries.count)
            print(
                String(
                    format: "%@: median %.2f ms, 99 %% %.2f ms, recall at 10 %.4f", name,
                    sorted[sorted.count / 2] * 1e3, sorted[sorted.count * 99 / 100] * 1e3, recall))
        }
        let medians = times.map { $0.sorted()[$0.count / 2] }
        print(String(format: "the cluster takes %.2f times as long", medians[1] / medians[0]))
    }

    /// The ten nearest, by the numbers of their photos.
    private func truth() async throws -> [Set<Int>] {
        var index = VectorIndex(dimension: space.dimension)
        for (number, vector) in vectors.enumerated() { try index.insert(Int64(number), vector) }
        return try await index.nearest(10, to: queries, metric: .dot, effort: .exact, tasks: 2).map {
            Set($0.neighbors.map { Int($0.id) })
        }
    }

    private func numbers(_ found: NearestPhotos) -> [Int] {
        found.answers[0].neighbors.prefix(10).compactMap { neighbor in
            found.photos[neighbor.id]?.first?.path.stem.flatMap { Int($0) }
        }
    }
}
