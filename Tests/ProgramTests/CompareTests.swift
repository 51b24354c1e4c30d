import Foundation
import SystemPackage
import TestSupport
import Testing

/// Models measured side by side, from the outside.
@Suite struct CompareTests {
    private struct Report: Decodable {
        struct Model: Decodable {
            struct Quality: Decodable {
                struct Estimate: Decodable { let mean: Double }
                let queryCount: Int
                let precisionAtOne: Estimate
            }
            let model: String
            let dimension: Int
            let photoCount: Int
            let rate: Double
            let modelTime: Double
            let peakMemory: Int
            let quality: Quality?
        }
        let models: [Model]
        let troubles: [String: String]
    }

    private func bench() throws -> Workbench {
        let bench = Workbench()
        for number in 1...6 {
            try bench.put(
                Swatch(number % 2 * 40 + number).png, at: "shop/\(number % 2 == 0 ? "even" : "odd")/\(number).png")
        }
        return bench
    }

    private func compare(_ bench: Workbench, _ words: [Argument]) throws -> ProgramOutcome {
        try Program.lookalike.run(["models", "compare"] + words + ["--photos", "shop"], in: bench.folder.path)
    }

    private func report(_ bench: Workbench, _ words: [Argument]) throws -> Report {
        try JSONDecoder().decode(Report.self, from: Data(compare(bench, words + ["--format", "json"]).text.utf8))
    }

    @Test func measuresAModelOnThePhotos() throws {
        let model = try #require(report(bench(), ["colour-layout"]).models.first)
        #expect(model.model == "colour-layout" && model.dimension == 1088 && model.photoCount == 6)
        #expect(model.rate > 0 && model.modelTime > 0 && model.peakMemory > 1_000_000)
        #expect(model.quality == nil)
    }

    @Test func takesNoMorePhotosThanItIsTold() throws {
        #expect(try report(bench(), ["colour-layout", "--limit", "4"]).models.first?.photoCount == 4)
    }

    @Test func judgesByTheNamesOfFolders() throws {
        let quality = try #require(report(bench(), ["colour-layout", "--labels", "folders"]).models.first?.quality)
        #expect(quality.queryCount == 6 && (0...1).contains(quality.precisionAtOne.mean))
    }

    @Test func refusesToJudgeByASingleLabel() throws {
        let bench = try Workbench(photos: 3)
        let outcome = try compare(bench, ["colour-layout", "--labels", "folders"])
        #expect(outcome.text.contains("all photos have the label “shop”"))
        #expect(outcome.status == 2)
    }

    @Test func saysWhichModelCannotBeMeasuredAndGoesOn() throws {
        let bench = try bench()
        let outcome = try Program.lookalike.run(
            ["models", "compare", "resnet18", "colour-layout", "--photos", "shop"],
            environment: ["LOOKALIKE_HOME": bench.folder.appending("home").string], in: bench.folder.path)
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("resnet18: ") && outcome.text.contains("lookalike models fetch resnet18"))
        #expect(outcome.text.contains("colour-layout"))
    }

    @Test func writesAPage() throws {
        let bench = try bench()
        #expect(try compare(bench, ["colour-layout", "--html", "models.html"]).status == 0)
        let page = String(decoding: try contents(of: bench.folder.appending("models.html")), as: UTF8.self)
        #expect(page.contains("<td>colour-layout") && page.contains("6 photos"))
    }

    @Test(arguments: [
        (["nonsense"], "there is no model called “nonsense”"), (["colour-layout", "--labels", "none.csv"], "none.csv"),
        (["colour-layout", "--limit", "0"], "--limit 0"),
    ])
    func saysWhatIsWrong(words: [String], reason: String) throws {
        let outcome = try compare(bench(), words.map { "\($0)" })
        #expect(outcome.status == 2 && outcome.messages.contains(reason), "\(outcome.messages)")
    }
}
