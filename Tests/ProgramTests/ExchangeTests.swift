import Foundation
import SystemPackage
import TestSupport
import Testing

/// Embeddings that go to other programs and come from them.
@Suite struct ExchangeTests {
    @Test func whatIsExportedIsImportedIntoAnotherCatalogueWithTheSameSearches() throws {
        let bench = try indexed(20)
        let before = try bench.search("shop/7.png")
        _ = try bench.run("export", "all.npy")
        try bench.removeCatalogue()
        #expect(try bench.run("import", "all.npy").text == "20 photos taken in.\n")
        let after = try bench.search("shop/7.png", "--photos", "shop")
        #expect(after.results.map(\.similarity) == before.results.map(\.similarity))
        let index = try bench.run("index", "shop", "--verbose")
        #expect(index.work?.decoded == 0 && index.work?.embedded == 0)
        #expect(try bench.runPlainly("verify", "--catalogue", .path(bench.catalogue)).status == 0)
    }

    @Test func anArrayHasOneRowAPhotoAndSaysItsModel() throws {
        let bench = try indexed(3)
        try bench.put(Swatch(1).png, at: "shop/copy.png")
        _ = try bench.run("index", "shop")
        #expect(try bench.run("export", "out.npy", "--photos", "shop").text == "4 photos written to out.npy\n")
        let array = try contents(of: bench.folder.appending("out.npy"))
        #expect(array.count == 128 + 4 * 1088 * 4)
        #expect(String(decoding: array[10..<128], as: UTF8.self).contains("'shape': (4, 1088)"))
        #expect(array[128..<128 + 4352] == array[(128 + 3 * 4352)...])
        let paths = String(decoding: try contents(of: bench.folder.appending("out.paths.txt")), as: UTF8.self)
        #expect(
            paths.split(separator: "\n").map { $0.split(separator: "/").last } == [
                "1.png", "2.png", "3.png", "copy.png",
            ])
        let about = String(decoding: try contents(of: bench.folder.appending("out.json")), as: UTF8.self)
        #expect(about == "{\"dimension\":1088,\"identity\":\"colour-layout r1\",\"rows\":4}\n")
    }

    @Test func aTableHasThePathsAndTheSameNumbers() throws {
        let bench = try indexed(3)
        _ = try bench.run("export", "out.npy")
        _ = try bench.run("export", "out.csv")
        let lines = String(decoding: try contents(of: bench.folder.appending("out.csv")), as: UTF8.self)
            .split(separator: "\r\n").map { $0.split(separator: ",") }
        #expect(lines.map(\.count) == [1089, 1089, 1089, 1089])
        let numbers = lines.dropFirst().flatMap { $0.dropFirst().compactMap { Float($0) } }
        let array = try contents(of: bench.folder.appending("out.npy"))
        #expect(numbers.withUnsafeBytes { Array($0) } == Array(array.dropFirst(128)))
    }

    @Test func pathsWithLineBreaksAreListedInJSON() throws {
        let bench = Workbench()
        try bench.put(Swatch(1).png, at: "shop/two\nlines.png")
        try bench.put(Swatch(2).png, at: "shop/2.png")
        _ = try bench.run("index", "shop")
        _ = try bench.run("export", "out.npy")
        #expect(!bench.isThere("out.paths.txt"))
        try bench.removeCatalogue()
        #expect(try bench.run("import", "out.npy").text == "2 photos taken in.\n")
        #expect(try bench.run("index", "shop", "--verbose").work?.decoded == 0)
        try FileManager.default.removeItem(atPath: bench.folder.path.pushing("shop/two\nlines.png").string)
        _ = try bench.run("index", "shop")
        _ = try bench.run("export", "out.npy")
        #expect(bench.isThere("out.paths.txt") && !bench.isThere("out.paths.jsonl"))
    }

    @Test func rowsThatCannotBeTakenAreNamedAndTheOthersAreTaken() throws {
        let bench = try indexed(4)
        _ = try bench.run("export", "out.npy")
        var array = try contents(of: bench.folder.appending("out.npy"))
        array.replaceSubrange(128 + 4352..<128 + 4356, with: [0, 0, 0xC0, 0x7F])
        try bench.put(array, at: "out.npy")
        try FileManager.default.removeItem(atPath: bench.folder.path.pushing("shop/4.png").string)
        try bench.removeCatalogue()
        let outcome = try bench.run("import", "out.npy")
        #expect(outcome.status == 1)
        #expect(outcome.text == "2 photos taken in, 2 rows refused.\n")
        #expect(outcome.messages.contains("refused row 2, ") && outcome.messages.contains("not finite"))
        #expect(outcome.messages.contains("refused row 4, "))
        #expect(try bench.run("index", "shop", "--verbose").work?.decoded == 1)
    }

    @Test func anArrayOfAnotherModelOrOfNoneThatIsNamedIsRefused() throws {
        let bench = try indexed(2)
        _ = try bench.run("export", "out.npy")
        let catalogue: [Argument] = ["--catalogue", .path(bench.catalogue)]
        let other = try Program.lookalike.run(["import", "out.npy"] + catalogue, in: bench.folder.path)
        #expect(other.status == 2 && other.messages.contains("is of “colour-layout r1”"))
        try FileManager.default.removeItem(atPath: bench.folder.appending("out.json").string)
        let unknown = try Program.lookalike.run(["import", "out.npy"] + catalogue, in: bench.folder.path)
        #expect(unknown.status == 2 && unknown.messages.contains("name it with --model"))
        let wrong = try Program.lookalike.run(
            ["import", "out.npy", "--model", "efficientnet-lite0"] + catalogue, in: bench.folder.path)
        #expect(wrong.status == 2 && wrong.messages.contains("has 1088 numbers a row, and the model gives 1450"))
        #expect(try bench.run("import", "out.npy").status == 0)
    }

    @Test func aListOfPathsMustFitAndMayLieAnywhere() throws {
        let bench = try indexed(2)
        _ = try bench.run("export", "out.npy")
        try bench.put(Array("1.png\n2.png\n".utf8), at: "shop/names.txt")
        try bench.put(Array("1.png\n".utf8), at: "shop/few.txt")
        try bench.removeCatalogue()
        #expect(try bench.run("import", "out.npy", "--paths", "shop/few.txt").messages.contains("has 1 paths"))
        #expect(try bench.run("import", "out.npy", "--paths", "shop/names.txt").status == 0)
        #expect(try bench.run("index", "shop", "--verbose").work?.decoded == 0)
    }

    @Test func nothingIsWrittenWhereNothingCanBe() throws {
        let bench = try indexed(2)
        #expect(try bench.run("export", "out.txt").messages.contains("should end in .npy or .csv"))
        #expect(try bench.run("export", "nowhere/out.npy").status == 2)
        try bench.put([1], at: "out.csv/file")
        #expect(try bench.run("export", "out.csv").messages.contains("Is a directory"))
        try bench.put([1], at: "out.json/file")
        #expect(try bench.run("export", "out.npy").status == 2)
        #expect(!bench.isThere("out.npy") && !bench.isThere("out.paths.txt"))
        let names = try FileManager.default.contentsOfDirectory(atPath: bench.folder.path.string)
        #expect(!names.contains { $0.hasPrefix("unfinished") })
    }

    private func indexed(_ count: Int) throws -> Workbench {
        let bench = try Workbench(photos: count)
        _ = try bench.run("index", "shop")
        return bench
    }
}

extension Workbench {
    func removeCatalogue() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path.string)
        for name in names where name.hasPrefix("catalogue.sqlite") {
            try FileManager.default.removeItem(atPath: folder.appending(name).string)
        }
    }

    func isThere(_ name: String) -> Bool { FileManager.default.fileExists(atPath: folder.appending(name).string) }
}
