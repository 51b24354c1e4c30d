import Foundation
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs that die at any moment, and runs that meet.
@Suite(.serialized) struct KilledRunsTests {
    private static let photoCount = 16
    private static let killCount = 50

    @Test func aCatalogueWhoseRunsWereKilledBecomesTheOneThatNoneWas() throws {
        let bench = try Workbench(photos: Self.photoCount)
        let start = ContinuousClock.now
        #expect(try bench.run("index", "shop").status == 0)
        let duration = ContinuousClock.now - start
        var moments = Moments(seed: 2026)
        for kill in 1...Self.killCount {
            try change(bench, round: kill)
            try killIndexing(of: bench, after: duration * moments.next())
        }
        #expect(try bench.run("index", "shop").status == 0)
        let fresh = try copy(of: bench)
        #expect(try fresh.run("index", "shop").status == 0)
        #expect(try similarities(in: bench) == similarities(in: fresh))
        let last = try bench.run("index", "shop", "--verbose")
        #expect(last.work == Work(read: 0, decoded: 0, embedded: 0))
        #expect(last.text.contains("nothing has changed"))
    }

    @Test func twoRunsAtOnceEmbedEachPhotoOnce() throws {
        let bench = try Workbench(photos: Self.photoCount)
        let runs = try (0..<2).map { _ in try bench.start(["index", "shop", "--verbose"]) }
        let outcomes = try runs.map { try $0.outcome() }
        #expect(outcomes.map(\.status) == [0, 0])
        #expect(outcomes.compactMap(\.work?.embedded).reduce(0, +) == Self.photoCount)
        #expect(outcomes.allSatisfy { $0.text.hasPrefix("\(Self.photoCount) photos: ") })
        let fresh = try copy(of: bench)
        #expect(try fresh.run("index", "shop").status == 0)
        #expect(try similarities(in: bench) == similarities(in: fresh))
    }

    @Test func severalThatMakeTheCatalogueAtOnceAllSucceed() throws {
        for _ in 0..<5 {
            let bench = try Workbench(photos: 1)
            let runs = try (0..<4).map { _ in try bench.start(["index", "shop", "--verbose"]) }
            let outcomes = try runs.map { try $0.outcome() }
            #expect(outcomes.map(\.status) == [0, 0, 0, 0], "\(outcomes.map(\.messages))")
            #expect(outcomes.compactMap(\.work?.embedded).reduce(0, +) == 1)
        }
    }

    @Test func aSearchDuringARunWaitsAndFindsEverything() throws {
        let bench = try Workbench(photos: Self.photoCount)
        let indexing = try bench.start(["index", "shop", "--verbose"])
        let search = try bench.start(["search", "shop/1.png", "--photos", "shop", "-k", "100", "--verbose"])
        let outcomes = try [indexing.outcome(), search.outcome()]
        #expect(outcomes.map(\.status) == [0, 0])
        #expect(outcomes.compactMap(\.work?.embedded).reduce(0, +) == Self.photoCount)
        #expect(outcomes[1].text.split(separator: "\n").count == Self.photoCount + 1)
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aRunThatIsInterruptedKeepsWhatIsDone(signal: Int32) throws {
        let bench = Workbench()
        let png = Swatch(1, width: 200, height: 200).png
        // More than are begun while a model is being loaded.
        let count = 600
        for number in 0..<count { try bench.put(Swatch.labelling(png, "\(number)"), at: "shop/\(number).png") }
        let indexing = try bench.start(["index", "shop", "--verbose"])
        #expect(try indexing.waitUntilItSays("added "))
        indexing.send(signal)
        let outcome = try indexing.outcome()
        #expect(outcome.status == 130)
        #expect(outcome.messages.contains("done and kept: run again to go on"))
        let done = outcome.messages.split(separator: "\n").count { $0.hasPrefix("added ") }
        #expect((1..<count).contains(done))
        let search = try bench.search("shop/0.png", "--no-refresh", "--include-self", "-k", "1000")
        #expect((done..<count).contains(search.results.count))
    }

    /// New content for some photos, one photo less and another more.
    private func change(_ bench: Workbench, round: Int) throws {
        for number in 1...Self.photoCount where number % 2 == round % 2 {
            try bench.put(Swatch(round * 1000 + number).png, at: "shop/\(number).png")
        }
        try FileManager.default.removeItem(
            atPath: bench.folder.path.pushing(FilePath("shop/\(round % 7 + 1).png")).string)
        try bench.put(Swatch(round).png, at: "shop/round \(round).png")
    }

    private func killIndexing(of bench: Workbench, after delay: Duration) throws {
        let indexing = try bench.start(["index", "shop"])
        usleep(UInt32(delay / .microseconds(1)))
        indexing.send(SIGKILL)
        #expect([0, 128 + SIGKILL].contains(try indexing.outcome().status))
    }

    /// The same photos with no catalogue yet.
    private func copy(of bench: Workbench) throws -> Workbench {
        let copy = Workbench()
        try FileManager.default.copyItem(
            atPath: bench.folder.appending("shop").string, toPath: copy.folder.appending("shop").string)
        return copy
    }

    private var queries: ClosedRange<Int> { 900_001...900_006 }

    /// How alike each photo of a catalogue is to several others, to the last digit: other embeddings would show.
    private func similarities(in bench: Workbench) throws -> [String] {
        for query in queries { try bench.put(Swatch(query).png, at: "\(query).png") }
        let search: [Argument] = [
            "--photos", "shop", "--no-refresh", "--include-self", "-k", "1000", "--format", "csv",
        ]
        let outcome = try bench.start(["search"] + queries.map { "\($0).png" } + search).outcome()
        #expect(outcome.status == 0)
        let lines = outcome.text.split(separator: "\r\n").map(String.init)
        let photos = try FileManager.default.contentsOfDirectory(atPath: bench.folder.appending("shop").string)
        #expect(lines.count == queries.count * photos.count + 1)
        return lines
    }
}

/// Numbers from 0 to 1 that are the same in each run (Steele, Lea & Flood 2014).
private struct Moments {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((mixed ^ (mixed >> 31)) >> 11) / Double(1 << 53)
    }
}
