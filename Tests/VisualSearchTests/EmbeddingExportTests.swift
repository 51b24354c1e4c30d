import Foundation
import SystemPackage
import TestSupport
import Testing
import VisualSearch

/// Embeddings that are written for others, by the library.
@Suite struct EmbeddingExportTests {
    @Test(arguments: ["npy", "csv"])
    func anExportThatIsCancelledLeavesWhatWasThere(format: String) async throws {
        let bench = try await indexed()
        try bench.put(Array("older".utf8), at: "out/file.\(format)")
        let (engine, folders) = (try bench.engine(), try bench.photos(["shop"]))
        let export = try EmbeddingExport(to: bench.path("out/file.\(format)"))
        let run = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await export.run(on: engine, folders)
        }
        await #expect(throws: CancellationError.self) { try await run.value }
        #expect(try contents(of: bench.path("out/file.\(format)")) == Array("older".utf8))
        #expect(try FileManager.default.contentsOfDirectory(atPath: bench.path("out").string) == ["file.\(format)"])
    }

    @Test func photosThatAreExcludedAreLeftOut() async throws {
        let bench = try await indexed()
        let export = try EmbeddingExport(to: bench.path("file.csv"))
        let folders = try bench.photos(["shop", "shop"], excluding: ["2.png"])
        #expect(try await export.run(on: bench.engine(), folders) == 2)
    }

    @Test func aLinkIsFollowed() async throws {
        let bench = try await indexed()
        try bench.put([1], at: "real.csv")
        try bench.link("file.csv", to: "real.csv")
        #expect(
            try await EmbeddingExport(to: bench.path("file.csv")).run(on: bench.engine(), bench.photos(["shop"])) == 3)
        #expect(try contents(of: bench.path("real.csv")).count > 1000)
    }

    @Test func whatEndsInNoFormatIsRefused() {
        for name in ["file", "file.npz", "npy", ".npy"] {
            #expect(throws: ExchangeError.self) { try EmbeddingExport(to: FilePath(name)) }
        }
    }

    private func indexed() async throws -> EngineBench {
        let bench = EngineBench()
        for seed in 1...3 { try bench.put(seed, at: "shop/\(seed).png") }
        _ = try await bench.refresh("shop")
        return bench
    }
}
