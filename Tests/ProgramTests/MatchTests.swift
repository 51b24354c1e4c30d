import Foundation
import SystemPackage
import TestSupport
import Testing

/// What is meant by alike, and how sure that is: from the outside, on real photos with the default model.
@Suite(
    .enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)),
    .enabled(if: RealPhotos.areThere, Comment(rawValue: RealPhotos.absence)))
struct MatchTests {
    private struct Answer: Decodable {
        struct Found: Decodable {
            let path: String
            let similarity: Float
            let sureness: Double?
        }

        let looksLikeNothing: Bool?
        let results: [Found]
    }

    private struct Answers: Decodable { let queries: [Answer] }

    private let folder = TemporaryFolder()

    /// Some garments of the demo, in a folder of their own.
    private func shop() throws {
        let photos = folder.appending("shop").string
        try FileManager.default.createDirectory(atPath: photos, withIntermediateDirectories: true)
        for type in ["dress-floral", "pants-denim", "shoes", "longsleeve-striped"] {
            for number in 1...3 {
                let name = "\(type)-0\(number).jpg"
                try FileManager.default.copyItem(
                    atPath: RealPhotos.photo("demo/images/\(name)").string, toPath: "\(photos)/\(name)")
            }
        }
    }

    private func run(_ words: Argument...) throws -> ProgramOutcome {
        try Program.lookalike.run(
            ["search"] + words + ["--photos", "shop", "--catalogue", "c.sqlite"],
            environment: ["LOOKALIKE_HOME": InstalledModels.folder.string], in: folder.path)
    }

    private func answer(_ words: Argument...) throws -> Answer {
        let outcome = try Program.lookalike.run(
            ["search"] + words + ["--photos", "shop", "--catalogue", "c.sqlite", "--format", "json", "--always"],
            environment: ["LOOKALIKE_HOME": InstalledModels.folder.string], in: folder.path)
        return try #require(JSONDecoder().decode(Answers.self, from: Data(outcome.output)).queries.first)
    }

    private let query = Argument.path(RealPhotos.photo("demo/queries/query-dress-floral-01.jpg"))

    @Test func oneIndexServesWhateverIsMeant() throws {
        try shop()
        var similarities: Set<[Float]> = []
        for match in ["balanced", "garment", "pattern", "type"] as [Argument] {
            let answer = try answer(query, "--match", match)
            #expect(answer.results.count == 10 && answer.looksLikeNothing == nil)
            similarities.insert(answer.results.map(\.similarity))
        }
        #expect(similarities.count == 4)
        let work = try run(query, "--match", "type", "-v")
        #expect(work.messages.contains("12 files listed") && work.messages.contains("1 embedded"))
        #expect(work.text.contains("shop/dress-floral-0"))
    }

    @Test func saysHowSureItIsOfTheType() throws {
        try shop()
        for result in try answer(query, "--match", "type", "-k", "12").results {
            let sureness = try #require(result.sureness)
            #expect((0...1).contains(sureness))
            #expect(result.path.contains("dress") || sureness < 0.5, "\(result.path)")
        }
        let table = try run(query, "--match", "type")
        #expect(table.text.contains("sure  photo") && table.text.contains(" %  shop/"))
    }

    @Test func findsOnlyGarmentsOfTheTypesThatAreWanted() throws {
        try shop()
        let shoes = try answer(query, "--type", "shoes", "-k", "12").results.map(\.path)
        #expect(shoes.count == 3 && shoes.allSatisfy { $0.contains("shoes") })
        let either = try answer(query, "--type", "shoes", "--type", "pants", "-k", "12").results.map(\.path)
        #expect(either.count == 6 && either.allSatisfy { $0.contains("shoes") || $0.contains("pants") })
        let plain = try run(query, "--type", "shoes", "--features", "pooled")
        #expect(plain.status == 2 && plain.messages.contains("cannot tell types of garments apart"))
        #expect(try run(query, "--type", "trousers").status == 2)
    }

    @Test func looksForTheSameInAnotherColour() throws {
        try shop()
        let plain = try answer(query, "-k", "12").results.map(\.path)
        let black = try answer(query, "--colour", "black", "-k", "12").results.map(\.path)
        #expect(plain != black && Set(plain) == Set(black))
        #expect(try run(query, "--color", "#19191c").status == 0)
        #expect(try run(query, "--colour", "plaid").messages.contains("--colour plaid: give #RRGGBB, or one of beige"))
        #expect(try run(query, "--colour", "red", "--features", "pooled").messages.contains("leave --colour out"))
    }

    @Test func readsQueriesOfSeveralPhotos() throws {
        try shop()
        let mixed = try answer("shop/dress-floral-01.jpg + 0.5:shop/shoes-01.jpg - shop/pants-denim-01.jpg", "-k", "3")
        #expect(mixed.results.allSatisfy { $0.path.contains("dress") || $0.path.contains("shoes") })
        #expect(mixed.results.allSatisfy { $0.sureness == nil })
        #expect(try answer("shop/dress-floral-01.jpg@0.3,0.3,0.4,0.4").results.count == 10)
        let wrong = try run("shop/dress-floral-01.jpg + 0:b.jpg")
        #expect(wrong.status == 2 && wrong.messages.contains("a weight is a number over 0"))
    }

    @Test func saysWhenNothingLooksLikeTheQuery() throws {
        try shop()
        try folder.write(Swatch(1).png, to: "strange.png")
        let outcome = try run("strange.png")
        #expect(outcome.status == 1 && outcome.text.contains("nothing here looks like it"))
        #expect(outcome.messages.contains("strange.png: nothing here looks like it. --always shows"))
        #expect(try run("strange.png", "--always").status == 0)
        let answer = try answer("strange.png")
        #expect(answer.looksLikeNothing == true && answer.results.count == 10)
    }

    @Test func whatIsMeantIsToldOfViewsAlone() throws {
        try shop()
        let outcome = try run(query, "--match", "type", "--features", "pooled")
        #expect(outcome.status == 2 && outcome.messages.contains("leave --features pooled out"))
        #expect(try run(query, "--features", "pooled").text.contains("sure") == false)
        let handMade = try run(query, "--match", "type", "--model", "colour-layout")
        #expect(handMade.status == 2 && handMade.messages.contains("leave --match and --features out"))
    }

    /// The same photos in the same order, on the scale of distances.
    @Test func distancesRankAsCosinesDo() throws {
        try shop()
        let (cosine, distance) = (try answer(query), try answer(query, "--metric", "euclidean"))
        #expect(cosine.results.map(\.path) == distance.results.map(\.path))
        for (one, other) in zip(cosine.results, distance.results) {
            #expect(abs(other.similarity - 1 / (1 + (2 - 2 * one.similarity).squareRoot())) < 1e-4)
        }
    }
}
