import Postgres
import SystemPackage
import TestSupport

@testable import Catalogue

/// A catalogue on a server, and machines that share the work of bringing it up to date.
struct LoanBench {
    let catalogue: PostgresCatalogue
    private let database: TestDatabase

    struct NoServer: Error {}

    init() throws {
        guard let database = TestDatabase() else { throw NoServer() }
        self.database = database
        catalogue = try Self.open(database)
    }

    private static func open(_ database: TestDatabase) throws -> PostgresCatalogue {
        guard let catalogue = try CatalogueLocation(database.address).open() as? PostgresCatalogue else {
            throw NoServer()
        }
        return catalogue
    }

    /// The list as another machine sees it. No test takes so long that a loan would end by its time.
    func list(loan: Duration = .seconds(3600), space: EmbeddingSpace = CatalogueBench.space) throws -> WorkList {
        WorkList(of: space, in: try Self.open(database), loan: loan)
    }

    /// Puts `/1.jpg` and so on onto the list.
    func add(photos count: Int) async throws {
        try await list().add((1...count).map { WorkList.Item(path: Self.path($0), size: Int64($0)) })
    }

    static func path(_ number: Int) -> FilePath { FilePath("/\(number).jpg") }

    /// So much time passes, for all that is on loan.
    func wait(seconds: Int) {
        for table in ["task", "claim"] {
            database.execute("UPDATE lookalike.\(table) SET until = until - interval '\(seconds) seconds'")
        }
    }

    /// Ends the session by which somebody is known to be there, as its machine's end would, and waits for it.
    func endSession(of list: WorkList) async throws {
        try await catalogue.read { connection in
            _ = try await connection.query(
                "SELECT pg_terminate_backend(pid, 60000) FROM pg_locks WHERE classid = $1::bigint::oid AND objid = $2::bigint::oid",
                [.int64(Int64(PostgresSchema.loanLockClass)), .int64(Int64(list.holder.number))])
        }
    }

    /// What is recorded, in the order of the photos' numbers.
    func photos() async throws -> [Int] {
        let photos = try await catalogue.embeddings(in: "/", after: nil, limit: 10_000, space: CatalogueBench.space)
        return photos.map(\.photo.path.number).sorted()
    }
}

extension WorkList {
    /// The numbers of so many photos, which are on loan from now on.
    func takeNumbers(_ count: Int) async throws -> [Int] { try await take(count).map(\.path.number).sorted() }

    /// Records photos, each with contents of its own number, and returns which were left out.
    @discardableResult func record(photos numbers: [Int]) async throws -> [Int] {
        try await record(numbers.map { .photo(LoanBench.path($0), $0) }).map(\.path.number).sorted()
    }

    func claim(contents numbers: Int...) async throws -> Set<Int> {
        let own = try await claim(numbers.map { CatalogueBench.digest(of: $0) })
        return Set(numbers.filter { own.contains(CatalogueBench.digest(of: $0)) })
    }
}

extension FilePath {
    /// Of a bench's photo.
    fileprivate var number: Int { stem.flatMap { Int($0) } ?? 0 }
}
