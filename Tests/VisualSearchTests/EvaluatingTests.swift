import Evaluation
import SystemPackage
import TestSupport
import Testing
import Vectors

@testable import VisualSearch

/// Engines that are judged by what they find.
@Suite struct EvaluatingTests {
    /// Photos of which every two are the same picture in other bytes, and so the nearest to one another.
    private func pairs(_ count: Int) throws -> EngineBench {
        let bench = EngineBench()
        for seed in 1...count {
            try bench.put(seed, at: "shop/\(seed)a.png")
            try bench.put(Swatch(seed).png(labelled: "again"), at: "shop/\(seed)b.png")
        }
        return bench
    }

    private func photo(_ name: String, _ label: String, _ groups: [String] = [], in bench: EngineBench) -> LabelledPhoto
    {
        LabelledPhoto(path: bench.path("shop/\(name).png"), label: label, groups: groups)
    }

    private func report(_ photos: [LabelledPhoto], in bench: EngineBench, options: SearchOptions = SearchOptions())
        async throws -> QualityReport
    {
        let folders = try bench.photos(["shop"])
        _ = try await bench.refresh(folders, on: bench.engine())
        return try await bench.engine().evaluate(
            EvaluationProtocol(queries: photos, gallery: photos), in: folders, options: options)
    }

    @Test func findPairs() async throws {
        let bench = try pairs(4)
        let report = try await report(
            (1...4).flatMap { seed in ["a", "b"].map { photo("\(seed)\($0)", "\(seed)", in: bench) } }, in: bench)
        #expect(report.queries.count == 8 && report.galleryCount == 8 && report.missing.isEmpty)
        #expect(report.scores[.hitAt1].mean == 1 && report.scores[.gainAt10].mean == 1)
        #expect(report.queries.allSatisfy { $0.found.count == 7 && !$0.found.map(\.path).contains($0.photo.path) })
        #expect(report.scoresByLabel.map(\.label) == ["1", "2", "3", "4"])
        #expect(report.scoresByLabel.allSatisfy { $0.scores.queryCount == 2 })
    }

    @Test func passOverWhatSharesAGroup() async throws {
        let bench = try pairs(3)
        let photos = (1...3).flatMap { seed in
            ["a", "b"].map { photo("\(seed)\($0)", "all", ["cloth \(seed)"], in: bench) }
        }
        for query in try await report(photos, in: bench).queries {
            #expect(query.found.count == 4 && query.judgement.relevantCount == 4)
            #expect(!query.found.contains { $0.path.stem?.first == query.photo.path.stem?.first })
        }
    }

    @Test func sayWhatCannotBeFoundOrRead() async throws {
        let bench = try pairs(2)
        let photos = ["1a", "1b", "gone", "2a"].map { photo($0, "all", in: bench) }
        let report = try await report(photos, in: bench)
        #expect(report.missing == [bench.path("shop/gone.png")] && report.galleryCount == 3)
        #expect(report.failures.map(\.query) == [bench.path("shop/gone.png")])
        #expect(report.queries.allSatisfy { $0.judgement.relevantCount == 2 })
    }

    @Test func areComparedQueryByQuery() async throws {
        let bench = try pairs(3)
        let photos = (1...3).flatMap { seed in ["a", "b"].map { photo("\(seed)\($0)", "\(seed)", in: bench) } }
        let report = try await report(photos, in: bench)
        let differences = report.differences(from: report)
        #expect(differences.queryCount == 6 && differences[.hitAt1].mean == 0 && differences[.hitAt1].upper == 0)
    }

    @Test func findPhotosByVariedCopies() async throws {
        let bench = EngineBench()
        for seed in 1...5 { try bench.put(Swatch(seed, width: 64, height: 64).png, at: "shop/\(seed).png") }
        try bench.put(Swatch(1, width: 64, height: 64).png, at: "shop/copy.png")
        let folders = try bench.photos(["shop"])
        _ = try await bench.refresh(folders, on: bench.engine())
        let report = try await bench.engine().evaluateSelf(in: folders, limit: 10)
        #expect(report.galleryCount == 6 && report.queries.count == 5 * PhotoVariation.allCases.count)
        let scores = Dictionary(uniqueKeysWithValues: report.scoresByLabel.map { ($0.label, $0.scores) })
        #expect(scores[PhotoVariation.none.rawValue]?[.hitAt1].mean == 1)
        #expect(scores.count == PhotoVariation.allCases.count)
        #expect(report.queries.filter { $0.judgement.relevantCount == 2 }.count == PhotoVariation.allCases.count)
    }
}
