import Foundation
import Imaging
import SystemPackage
import TestSupport
import Testing

/// Photos that are there twice, from the outside.
@Suite struct DuplicatesTests {
    private struct Report: Decodable {
        struct Group: Decodable {
            struct Photo: Decodable { let path: String }
            let contents: [[Photo]]
            let similarity: Float
        }
        let groups: [Group]

        var paths: [[[String]]] { groups.map { $0.contents.map { $0.map(\.path) } } }
    }

    /// Three photos once; one with a copy and once more in other bytes; one twice in other bytes.
    private func bench() throws -> Workbench {
        let bench = try Workbench(photos: 5)
        try bench.put(Swatch(1).png, at: "shop/more/copy.png")
        try bench.put(Swatch(1).png(labelled: "again"), at: "shop/more/again.png")
        try bench.put(Swatch(2).png(labelled: "again"), at: "outlet/2.png")
        return bench
    }

    private func report(_ bench: Workbench, _ words: Argument...) throws -> Report {
        let outcome = try bench.start(["duplicates"] + words + ["--format", "json"]).outcome()
        return try JSONDecoder().decode(Report.self, from: Data(outcome.text.utf8))
    }

    @Test func areCopiesAndThoseOfOtherBytes() throws {
        let report = try report(bench(), "shop", "outlet", "--above", "0.999")
        #expect(
            report.paths == [
                [["shop/1.png", "shop/more/copy.png"], ["shop/more/again.png"]], [["outlet/2.png"], ["shop/2.png"]],
            ])
        #expect(report.groups.allSatisfy { $0.similarity > 0.999 })
    }

    @Test func areLookedForInTheFoldersThatAreNamed() throws {
        #expect(
            try report(bench(), "shop", "--above", "0.999", "--exclude", "again.png").paths == [
                [["shop/1.png", "shop/more/copy.png"]]
            ])
    }

    @Test func arePrintedAndShown() throws {
        let bench = try bench()
        let outcome = try bench.run("duplicates", "shop", "outlet", "--above", "0.999", "--html", "twice.html")
        #expect(outcome.status == 0)
        #expect(outcome.text.hasPrefix("2 groups: without 3 photos, each picture would be there once\n"))
        #expect(outcome.text.contains("  shop/more/copy.png  (a copy)\n"))
        let page = String(decoding: try contents(of: bench.folder.appending("twice.html")), as: UTF8.self)
        #expect(page.components(separatedBy: "<figure>").count == 5 && !page.contains("://"))
    }

    @Test func mayBeNone() throws {
        let outcome = try Workbench(photos: 3).run("duplicates", "shop", "--above", "0.999")
        #expect(outcome.status == 1 && outcome.text == "no photo is there twice, or nearly so\n")
    }

    @Test func showTheSameColours() throws {
        let bench = Workbench()
        let picture = try ImageDecoder().decode(Swatch(3, width: 64, height: 64).png)
        for (name, other) in [
            ("a", picture), ("mirrored", picture.mirrored), ("other", picture.recoloured(degrees: 120)),
        ] {
            try bench.put(ImageEncoder(format: .png).encode(other), at: "shop/\(name).png")
        }
        #expect(try report(bench, "shop", "--above", "0").paths == [[["shop/a.png"], ["shop/mirrored.png"]]])
    }
}
