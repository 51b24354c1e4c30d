import Catalogue
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import VisualSearch

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Whatever happens to an index's files, searches find what the catalogue says.
@Suite(.inFiles) struct DamagedIndexTests {
    /// What is done to the file of a segment.
    enum Damage: Sendable, CustomTestStringConvertible {
        case cut(share: Double)
        case flip(share: Double)
        case flipAt(Int)
        case replaced(by: String)
        case deleted, folderDeleted, becomesFolder, becomesPipe, ofAnotherCatalogue, older

        var testDescription: String { "\(self)" }
    }

    static let damages: [Damage] =
        [0, 0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.9999].map { .cut(share: $0) }
        + [0, 4, 8, 12, 16, 24, 32, 40, 48, 64, 80, 100, 500, 4000, 4088, 4095].map { .flipAt($0) }
        + [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95].map { .flip(share: $0) }
        + ["", "no index at all", String(repeating: "x", count: 5000)].map { .replaced(by: $0) }
        + [.deleted, .folderDeleted, .becomesFolder, .becomesPipe, .ofAnotherCatalogue, .older]

    @Test(arguments: damages)
    func areNoticedSaidAndMadeAnew(damage: Damage) async throws {
        let bench = try await indexed(Array(1...10))
        let before = try await bench.search(for: 7, in: "shop")
        try await apply(damage, to: bench)
        let engine = try bench.engine()
        #expect(try await results(of: engine, bench) == before)
        let troubles = await engine.troubles()
        let faults = try await verification(of: bench).indexFaults
        #expect(troubles.count == 1 || !faults.isEmpty)
        try await bench.engine().compact()
        #expect(try await bench.search(for: 7, in: "shop") == before)
        let mended = try await verification(of: bench)
        #expect(mended.indexFaults.isEmpty && mended.catalogueFaults.isEmpty && mended.segments == 1)
    }

    @Test func areNoticedByAnEngineThatHasTheIndexOpen() async throws {
        let bench = try await indexed(Array(1...10))
        let engine = try bench.engine()
        let before = try await results(of: engine, bench)
        try FileManager.default.removeItem(atPath: bench.path("catalogue.sqlite.index").string)
        #expect(try await results(of: engine, bench) == before)
        try bench.put(21, at: "shop/21.png")
        _ = try await bench.refresh("shop")
        try await bench.engine().compact()
        #expect(try await results(of: engine, bench).count == 11)
    }

    private func indexed(_ seeds: [Int]) async throws -> EngineBench {
        let bench = EngineBench()
        for seed in seeds { try bench.put(seed, at: "shop/\(seed).png") }
        _ = try await bench.refresh("shop")
        try await bench.engine().compact()
        return bench
    }

    private func results(of engine: SearchEngine, _ bench: EngineBench) async throws -> [SearchResult] {
        let options = SearchOptions(limit: 1000, includesIdentical: true)
        let answers = try await engine.search([.bytes(Swatch(7).png)], in: bench.photos(["shop"]), options: options)
        return try answers[0].get().results
    }

    private func verification(of bench: EngineBench) async throws -> CatalogueVerification {
        try await CatalogueVerification(ofCatalogueAt: bench.location)
    }

    private func segment(of bench: EngineBench) throws -> FilePath {
        let folder = bench.path("catalogue.sqlite.index")
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.string)
        return folder.pushing(FilePath(try #require(names.first { $0.hasSuffix(".vectors") })))
    }

    private func apply(_ damage: Damage, to bench: EngineBench) async throws {
        let path = try segment(of: bench)
        let url = URL(filePath: path.string)
        var bytes = try Data(contentsOf: url)
        let files = FileManager.default
        switch damage {
        case .cut(let share): try bytes.prefix(Int(Double(bytes.count) * share)).write(to: url)
        case .flip(let share):
            bytes[Int(Double(bytes.count) * share)] ^= 16
            try bytes.write(to: url)
        case .flipAt(let place):
            bytes[place] ^= 1
            try bytes.write(to: url)
        case .replaced(let text): try Data(text.utf8).write(to: url)
        case .deleted: try files.removeItem(at: url)
        case .folderDeleted: try files.removeItem(atPath: bench.path("catalogue.sqlite.index").string)
        case .becomesFolder:
            try files.removeItem(at: url)
            try files.createDirectory(at: url, withIntermediateDirectories: false)
        case .becomesPipe:
            try files.removeItem(at: url)
            #expect(mkfifo(path.string, 0o600) == 0)
        case .ofAnotherCatalogue:
            let other = try await indexed(Array(1...10))
            try Data(contentsOf: URL(filePath: segment(of: other).string)).write(to: url)
        case .older:
            try bench.put(21, at: "shop/21.png")
            _ = try await bench.refresh("shop")
            try await bench.engine().compact()
            try bench.delete("shop/21.png")
            _ = try await bench.refresh("shop")
            try bytes.write(to: URL(filePath: segment(of: bench).string))
        }
    }
}
