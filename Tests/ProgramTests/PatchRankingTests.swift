import SystemPackage
import TestSupport
import Testing

/// Photos ranked by what is in their places: from the outside, with the default model.
@Suite(.enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)))
struct PatchRankingTests {
    private let bench: Workbench

    init() throws { bench = try Workbench(photos: 6) }

    private func search(_ words: [Argument]) throws -> ProgramOutcome {
        try Program.lookalike.run(
            ["search", "shop/1.png", "--photos", "shop", "--catalogue", "c.sqlite"] + words,
            environment: ["LOOKALIKE_HOME": InstalledModels.folder.string], in: bench.folder.path)
    }

    /// Of all photos, as far as their similarity is told.
    private func similarities(_ words: Argument...) throws -> [(path: String, similarity: Float)] {
        let outcome = try search(words + ["--include-self", "--always", "--format", "json"])
        return try #require(outcome.answers.first).results.map { ($0.place.path, $0.similarity) }
    }

    @Test(arguments: ["emd", "maxsim"])
    func aPhotoIsMostLikeItself(metric: String) throws {
        let found = try similarities("--metric", Argument(metric), "--share", "1")
        #expect(found.count == 6 && found[0].path.hasSuffix("1.png") && found[0].similarity > 0.98)
        #expect(zip(found, found.dropFirst()).allSatisfy { $0.similarity >= $1.similarity })
        // What was found out is kept, and found again.
        let again = try similarities("--metric", Argument(metric), "--share", "1")
        #expect(zip(again, found).allSatisfy { $0 == $1 })
    }

    /// Whose embeddings are of one layer, or of another network.
    @Test(arguments: [["--features", "pooled"], ["--model", "mobilenet-v2-deepsort"]])
    func isToldByOtherLayersToo(words: [String]) throws {
        let outcome = try search(
            ["--metric", "emd", "--share", "1", "--include-self", "--format", "json"] + words.map { Argument($0) })
        let results = try #require(outcome.answers.first).results
        #expect(results.count == 6 && results[0].place.path.hasSuffix("1.png") && results[0].similarity > 0.98)
    }

    @Test func keepsTheRestOfWhatPhotosHadBefore() throws {
        let before = try similarities()
        #expect(zip(try similarities("--metric", "emd", "--share", "0"), before).allSatisfy { $0 == $1 })
        #expect(!zip(try similarities("--metric", "fusion"), before).allSatisfy { $0 == $1 })
    }

    @Test func saysWhatWasRankedAgainByWhat() throws {
        let some = try search(["--metric", "maxsim", "--limit", "2", "--candidates", "4"])
        #expect(some.messages.contains("The 4 nearest by cosine were ranked again by their most similar places."))
        #expect(
            try search(["--metric", "maxsim", "--limit", "2", "--candidates", "4", "--format", "json"]).text.contains(
                "\"rankedAgain\" : 4"))
        let all = try search(["--metric", "fusion", "--exhaustive"])
        #expect(all.messages.contains("All 5 photos were ranked again by their colours and what is in their places."))
    }

    @Test(arguments: [
        (["--metric", "emd", "--model", "colour-layout"], "tells nothing of the places"),
        (["--share", "0.5"], "add --metric emd"), (["--metric", "fusion", "--colour", "navy"], "leave --colour out"),
        (["--metric", "cosine", "--exhaustive"], "add --metric emd"),
    ])
    func refusesWhatMakesNoSense(words: [String], reason: String) throws {
        let outcome = try search(words.map { Argument($0) })
        #expect(outcome.status == 2 && outcome.messages.contains(reason))
    }
}
