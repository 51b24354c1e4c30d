import Foundation
import SystemPackage
import TestSupport
import Testing

/// Answers judged, from the outside.
@Suite struct EvaluateTests {
    private struct Report: Decodable {
        struct Estimate: Decodable { let mean, lower, upper: Double }
        struct Query: Decodable {
            struct Found: Decodable {
                let path: String
                let isRelevant: Bool
            }
            let path, label: String
            let relevant: Int
            let found: [Found]
        }
        struct Against: Decodable { let measures, differences: [String: Estimate] }
        let queries, gallery: Int
        let measures: [String: Estimate]
        let asked: [Query]
        let against: Against?
        let troubles: [String]
    }

    /// Pairs of the same picture in other bytes.
    private func bench() throws -> Workbench {
        let bench = Workbench()
        var lines = "path,label,role\n"
        for seed in 1...4 {
            try bench.put(Swatch(seed).png, at: "shop/\(seed).png")
            try bench.put(Swatch(seed).png(labelled: "again"), at: "shop/again/\(seed).png")
            lines += "\(seed).png,label \(seed),query\nagain/\(seed).png,label \(seed),gallery\n"
        }
        try bench.put(Array(lines.utf8), at: "shop/labels.csv")
        return bench
    }

    private func report(_ bench: Workbench, _ words: Argument...) throws -> Report {
        let outcome = try bench.start(["evaluate"] + words + ["--format", "json"]).outcome()
        return try JSONDecoder().decode(Report.self, from: Data(outcome.text.utf8))
    }

    @Test func measuresByTheLabelsOfATable() throws {
        let report = try report(
            bench(), "--labels", "shop/labels.csv", "--query", "role=query", "--gallery", "role=gallery")
        #expect(report.queries == 4 && report.gallery == 4 && report.troubles.isEmpty)
        #expect(Set(report.measures.keys) == ["R@1", "R@5", "P@5", "mAP@10", "nDCG@10"])
        #expect(report.measures["R@1"]?.mean == 1 && report.measures["P@5"]?.mean == 0.2)
        #expect(report.asked.map(\.path) == (1...4).map { "shop/\($0).png" })
        #expect(report.asked.allSatisfy { $0.relevant == 1 && $0.found.count == 4 && $0.found[0].isRelevant })
    }

    @Test func measuresByTheNamesOfFolders() throws {
        let report = try report(bench(), "--labels", "folders", "--photos", "shop")
        #expect(report.queries == 8 && report.gallery == 8 && report.measures["R@1"]?.mean == 0)
    }

    @Test func measuresWhatIsBetterQueryByQuery() throws {
        let against = try #require(
            report(bench(), "--labels", "shop/labels.csv", "--against", "--model colour-layout --metric euclidean")
                .against)
        #expect(against.measures["R@1"]?.mean == 1 && against.differences["R@1"]?.mean == 0)
    }

    @Test func asksWithThePhotosThemselves() throws {
        let report = try report(bench(), "--self", "--photos", "shop", "--limit", "3")
        #expect(report.queries == 33 && report.gallery == 8)
        #expect(
            report.asked.filter { $0.label == "as it is" }.allSatisfy { $0.found[0].path.hasSuffix($0.path.suffix(5)) })
    }

    @Test func printsATableAndWritesAPage() throws {
        let bench = try bench()
        let outcome = try bench.run("evaluate", "--labels", "shop/labels.csv", "--html", "quality.html")
        #expect(outcome.status == 0 && outcome.text.contains("8 queries, 8 photos to find"))
        #expect(outcome.text.contains("R@1      1.000 [1.000, 1.000]"))
        let page = String(decoding: try contents(of: bench.folder.appending("quality.html")), as: UTF8.self)
        #expect(page.contains("data:image/jpeg;base64,") && page.contains("label 4") && !page.contains("://"))
    }

    @Test(arguments: [
        ["--labels", "shop/labels.csv", "--label", "colour"], ["--labels", "shop/none.csv"], ["--photos", "shop"],
        ["--self"], ["--self", "--photos", "shop", "--limit", "0"], ["--labels", "folders"],
        ["--labels", "shop/labels.csv", "--query", "role"], ["--labels", "shop/labels.csv", "--query", "role=none"],
        ["--labels", "shop/labels.csv", "--against", "--nonsense"], ["--self", "--photos", "nowhere"],
    ])
    func refusesWhatMakesNoSense(words: [String]) throws {
        let outcome = try bench().start(["evaluate"] + words.map { Argument($0) }).outcome()
        #expect(outcome.status == 2 || outcome.status == 64)
        #expect(!outcome.messages.isEmpty && outcome.text.isEmpty)
    }
}
