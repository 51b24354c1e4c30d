import TestSupport

/// Photos that several machines share the work of, with a catalogue that only one test has.
struct SharedShop {
    let database: TestDatabase
    let bench: Workbench

    struct NoServer: Error {}

    init(of photos: Workbench) throws {
        guard let database = TestDatabase() else { throw NoServer() }
        self.database = database
        bench = photos.on(database.address)
    }

    /// `shop/1.png` and so on: of four photos, one is a copy of the one before it.
    static func photos(_ count: Int, side: Int = 8) throws -> Workbench {
        let (bench, png) = (Workbench(), Swatch(1, width: side, height: side).png)
        for number in 1...count {
            try bench.put(Swatch.labelling(png, "\(content(of: number))"), at: "shop/\(number).png")
        }
        return bench
    }

    private static func content(of photo: Int) -> Int { photo % 4 == 0 ? photo - 1 : photo }

    static func contentCount(of photos: Int) -> Int { Set((1...photos).map(content)).count }

    /// The run that finds what there is to do. Waits until others can take some of it.
    func lead() throws -> RunningProgram {
        let leader = try bench.start(["index", "shop", "--verbose"])
        while leader.isRunning, database.count("SELECT count(*) FROM lookalike.task") == 0 {}
        return leader
    }

    func help() throws -> RunningProgram { try bench.start(["index", "--worker", "--verbose"]) }

    /// What is on loan to those who are no more.
    var orphans: Int {
        database.count(
            """
            SELECT count(*) FROM lookalike.task WHERE holder IS NOT NULL AND holder::oid NOT IN (
                SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
            """)
    }

    /// Whether all is there that these photos are to leave behind, once each, and nothing is left to do.
    func isComplete(with photos: Int) -> Bool {
        let contents = Self.contentCount(of: photos)
        let counts = ["photo": photos, "content": contents, "embedding_1": contents, "task": 0, "claim": 0]
        let conditions = counts.map { "(SELECT count(*) FROM lookalike.\($0)) = \($1)" }
        return database.count("SELECT (\(conditions.joined(separator: " AND ")))::integer") == 1
    }
}
