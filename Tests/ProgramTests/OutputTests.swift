import Foundation
import SystemPackage
import TestSupport
import Testing

/// What the program prints, and how it ends.
@Suite struct OutputTests {
    @Test func aTableNamesTheNearestFirst() throws {
        let bench = try Workbench(photos: 3)
        try bench.put(Swatch(2).png(labelled: "query"), at: "query.png")
        let outcome = try bench.run("search", "query.png", "--photos", "shop")
        #expect(outcome.status == 0)
        #expect(try outcome.line(0) == ["rank", "similarity", "photo"])
        #expect(try outcome.line(1) == ["1", "1.000", "shop/2.png"])
        #expect(outcome.lines.count == 4)
    }

    @Test func jsonHasEveryResultWithItsRankAndSimilarity() throws {
        let bench = try Workbench(photos: 3)
        try bench.put(Swatch(2).png(labelled: "query"), at: "query.png")
        let answer = try bench.search("query.png", "--photos", "shop")
        #expect(answer.query == "query.png")
        #expect(answer.error == nil)
        #expect(answer.results.map(\.rank) == [1, 2, 3])
        #expect(answer.paths.first == "shop/2.png")
        #expect(answer.results.map(\.similarity) == answer.results.map(\.similarity).sorted(by: >))
    }

    @Test func csvHasALineForEachResult() throws {
        let bench = try Workbench(photos: 2)
        try bench.put(Swatch(2).png(labelled: "query"), at: "query.png")
        let text = try bench.run("search", "query.png", "--photos", "shop", "--format", "csv").text
        let lines = text.split(separator: "\r\n")
        try #require(lines.count == 3)
        #expect(lines[0] == "query,rank,similarity,path")
        #expect(lines[1].hasPrefix(#""query.png",1,"#))
        #expect(lines[1].hasSuffix(#","shop/2.png""#))
    }

    @Test func pathsAreOnesThatOtherProgramsCanOpen() throws {
        let bench = try Workbench(photos: 3)
        let search: [Argument] = ["search", "shop/1.png", "--photos", "shop", "--format", "paths"]
        let lines = try bench.start(search).outcome().text.split(separator: "\n")
        let zeroes = try bench.start(search + ["-0"]).outcome().output.split(separator: 0)
        #expect(Set(lines) == ["shop/2.png", "shop/3.png"])
        #expect(zeroes.map { String(decoding: $0, as: UTF8.self) } == lines.map(String.init))
        #expect(
            lines.allSatisfy {
                FileManager.default.fileExists(atPath: bench.folder.path.pushing(FilePath(String($0))).string)
            })
    }

    @Test func theExitStatusTellsWhetherAnythingWasFound() throws {
        let bench = try Workbench(photos: 2)
        let search: [Argument] = ["search", "shop/1.png", "--photos", "shop"]
        #expect(try bench.start(search).outcome().status == 0)
        let nothing = try bench.start(search + ["--above", "2"]).outcome()
        #expect(nothing.status == 1)
        #expect(nothing.text.contains("nothing found"))
        #expect(try bench.run("search", "nowhere.png", "--photos", "shop").status == 2)
        #expect(try bench.run("search", "shop/1.png", "--photos", "nowhere").status == 2)
        #expect(try bench.run("search", "shop/1.png", "--photos", "shop", "--no-such-option").status == 2)
        #expect(try bench.run("search", "shop/1.png", "--photos", "shop", "-k", "0").status == 2)
        #expect(try bench.runPlainly("--version").status == 0)
        #expect(try bench.runPlainly("--help").status == 0)
    }

    @Test func aQueryThatCannotBeReadLeavesTheOthersAnswered() throws {
        let bench = try Workbench(photos: 3)
        try bench.put(Array("<!DOCTYPE html>".utf8), at: "page.jpg")
        let outcome = try bench.run(
            "search", "nowhere.png", "shop/1.png", "page.jpg", "--photos", "shop", "--format", "json")
        #expect(outcome.status == 2)
        let answers = try outcome.answers
        try #require(answers.map(\.query) == ["nowhere.png", "shop/1.png", "page.jpg"])
        #expect(answers.map { $0.error == nil } == [false, true, false])
        #expect(answers[1].results.count == 2)
        #expect(outcome.messages.contains("lookalike: nowhere.png: "))
        #expect(
            outcome.messages.contains("lookalike: page.jpg: not a photo that can be read: it looks like a web page"))
    }

    @Test func severalQueriesHaveATableEach() throws {
        let bench = try Workbench(photos: 2)
        let text = try bench.run("search", "shop/1.png", "shop/2.png", "--photos", "shop").text
        let tables = text.components(separatedBy: "\n\n")
        try #require(tables.count == 2)
        #expect(tables[0].hasPrefix("shop/1.png\n"))
        #expect(tables[1].hasPrefix("shop/2.png\n"))
    }

    @Test func theQueryInItsOwnFolderIsMarkedAndNotRanked() throws {
        let bench = try Workbench(photos: 2)
        try bench.put(Swatch(1).png, at: "shop/copy.png")
        let outcome = try bench.run("search", "shop/1.png", "--photos", "shop")
        #expect(try outcome.line(1) == ["=", "identical", "shop/1.png"])
        #expect(try outcome.line(2) == ["=", "identical", "shop/copy.png"])
        #expect(try outcome.line(3).first == "1")
        #expect(try outcome.line(3).last == "shop/2.png")
        let answer = try bench.search("shop/1.png", "--photos", "shop")
        #expect(answer.identical.map(\.path) == ["shop/1.png", "shop/copy.png"])
        #expect(answer.paths == ["shop/2.png"])
    }

    @Test func theQueryIsRankedWhereThatIsAskedFor() throws {
        let bench = try Workbench(photos: 2)
        let answer = try bench.search("shop/1.png", "--photos", "shop", "--include-self")
        #expect(answer.paths == ["shop/1.png", "shop/2.png"])
        #expect(answer.results.map(\.identical) == [true, false])
        #expect(answer.identical.isEmpty)
        #expect(
            try bench.run("search", "shop/1.png", "--photos", "shop", "--include-self").text.contains(
                "(the query itself)"))
    }

    @Test func onlyResultsAboveAThresholdAreGiven() throws {
        let bench = try Workbench(photos: 9)
        let all = try bench.search("shop/1.png", "--photos", "shop")
        try #require(all.results.count == 8)
        let some = try bench.search("shop/1.png", "--photos", "shop", "--above", "\(all.results[3].similarity)")
        #expect(some.paths == Array(all.paths.prefix(4)))
    }

    @Test func distanceMayBeSpeltAsTheOriginalDid() throws {
        let bench = try Workbench(photos: 3)
        let search: [Argument] = [
            "search", "shop/1.png", "--photos", "shop", "--include-self", "--format", "csv", "--metric",
        ]
        let original = try bench.start(search + ["euclidian"]).outcome()
        let usual = try bench.start(search + ["euclidean"]).outcome()
        #expect(original.status == 0)
        #expect(original.output == usual.output)
        #expect(original.text.contains(",1,1.0,"))
        #expect(try bench.start(search + ["manhattan"]).outcome().status == 2)
    }

    @Test func aSheetAndAPageAreWritten() throws {
        let bench = try Workbench(photos: 3)
        let outcome = try bench.run(
            "search", "shop/1.png", "--photos", "shop", "--sheet", "out/result.jpg", "--html", "out/result.html")
        #expect(outcome.status == 0)
        #expect(try contents(of: bench.folder.path.pushing("out/result.jpg")).starts(with: [0xFF, 0xD8, 0xFF]))
        let page = String(decoding: try contents(of: bench.folder.path.pushing("out/result.html")), as: UTF8.self)
        #expect(page.components(separatedBy: "src=\"data:image/jpeg;base64,").count == 4)
        #expect(!page.contains("http://") && !page.contains("https://"))
        #expect(try bench.run("search", "shop/1.png", "--photos", "shop", "--sheet", "result.txt").status == 2)
    }
}
