import Foundation
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs that write the index and die at any moment, while others search.
@Suite(.serialized) struct KilledFoldingTests {
    private static let killCount = 200
    /// Photos that are always there, and others that come and go.
    private static let (staying, passing) = (1...6, 7...12)

    @Test func noSearchIsEverWrongWhileWhatIsWrittenIsKilled() throws {
        let bench = try Workbench(photos: Self.passing.upperBound)
        try bench.put(Swatch(900_001).png, at: "query.png")
        #expect(try bench.run("index", "shop").status == 0)
        let similarities = try similarities(in: bench)
        #expect(similarities.count == Self.passing.upperBound)
        let start = ContinuousClock.now
        #expect(try bench.run("compact").status == 0)
        let duration = ContinuousClock.now - start
        var random = SeededRandom(seed: 2026)
        for kill in 1...Self.killCount {
            try change(bench, &random)
            let writing = try bench.start(writer(kill, &random))
            let searching = try bench.start(search)
            usleep(UInt32(duration * Double.random(in: 0...1, using: &random) / .microseconds(1)))
            writing.send(SIGKILL)
            #expect([0, 2, 128 + SIGKILL].contains(try writing.outcome().status))
            try expectRight(searching.outcome(), similarities)
        }
        #expect(try bench.run("index", "shop").status == 0)
        #expect(try bench.runPlainly("verify", "--catalogue", .path(bench.catalogue)).status == 0)
        let photos = try FileManager.default.contentsOfDirectory(atPath: bench.folder.appending("shop").string)
        #expect(try self.similarities(in: bench) == similarities.filter { photos.contains($0.key) })
    }

    private var search: [Argument] {
        ["search", "query.png", "--photos", "shop", "--no-refresh", "-k", "100", "--format", "json"]
    }

    private func writer(_ kill: Int, _ random: inout SeededRandom) -> [Argument] {
        switch kill % 3 {
        case 0: ["index", "shop"]
        case 1: ["compact"]
        default: ["forget", .path(FilePath("shop/\(Int.random(in: Self.passing, using: &random)).png"))]
        }
    }

    /// One that passes is gone or back.
    private func change(_ bench: Workbench, _ random: inout SeededRandom) throws {
        let number = Int.random(in: Self.passing, using: &random)
        let path = bench.folder.appending("shop").appending("\(number).png")
        if FileManager.default.fileExists(atPath: path.string) {
            try FileManager.default.removeItem(atPath: path.string)
        } else {
            try bench.put(Swatch(number).png, at: "shop/\(number).png")
        }
    }

    private func similarities(in bench: Workbench) throws -> [String: Float] {
        let answer = try #require(try bench.start(search).outcome().answers.first)
        return Dictionary(
            uniqueKeysWithValues: answer.results.map { (FilePath($0.place.path).lastComponent!.string, $0.similarity) })
    }

    /// All that stays is found, and whatever is found is as alike as ever.
    private func expectRight(_ outcome: ProgramOutcome, _ similarities: [String: Float]) throws {
        #expect(outcome.status == 0, "\(outcome.messages)")
        let results = try #require(try outcome.answers.first).results
        let names = results.map { FilePath($0.place.path).lastComponent!.string }
        #expect(Set(names).count == names.count)
        #expect(Set(names).isSuperset(of: Self.staying.map { "\($0).png" }))
        for (name, result) in zip(names, results) { #expect(similarities[name] == result.similarity) }
    }
}
