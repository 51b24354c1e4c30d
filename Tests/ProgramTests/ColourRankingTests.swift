import TestSupport
import Testing

/// Photos ranked by their colours, from the outside.
@Suite struct ColourRankingTests {
    @Test func saysHowManyWereRankedAgain() throws {
        let bench = try Workbench(photos: 4)
        let outcome = try bench.run(
            "search", "shop/1.png", "--photos", "shop", "--metric", "colour-emd", "--candidates", "3")
        #expect(outcome.status == 0)
        #expect(outcome.messages.contains("The 3 nearest by cosine were ranked again by their colours."))
    }

    @Test func ranksByColoursAloneOrInPart() throws {
        let bench = try Workbench(photos: 4)
        func similarities(_ share: Argument) throws -> [Float] {
            try bench.search(
                "shop/1.png", "--photos", "shop", "--metric", "color-emd", "--share", share
            ).results.map(\.similarity)
        }
        let plain = try bench.search("shop/1.png", "--photos", "shop").results.map(\.similarity)
        #expect(try similarities("0") == plain)
        #expect(try similarities("1") != plain && similarities("1").allSatisfy { (0...1).contains($0) })
    }

    @Test(arguments: [
        ["--candidates", "0"], ["--share", "2"], ["--share", "some"], ["--metric", "emd-colour"],
    ])
    func refusesWhatMakesNoSense(words: [String]) throws {
        let bench = try Workbench(photos: 1)
        let outcome = try bench.start(["search", "shop/1.png", "--photos", "shop"] + words.map { Argument($0) })
            .outcome()
        #expect(outcome.status == 2 && outcome.messages.contains(words[0]))
    }
}
