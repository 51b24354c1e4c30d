import Catalogue
import SystemPackage
import TestSupport
import Testing
import VisualSearch

/// What a check says that is made by the library.
@Suite struct CatalogueVerificationTests {
    @Test(.inFiles) func countsWhatItChecked() async throws {
        let bench = try await indexed()
        let recent = try await verification(of: bench)
        #expect((recent.photos, recent.models, recent.embeddings, recent.segments) == (4, 1, 4, 0))
        try await bench.engine().compact()
        let compacted = try await verification(of: bench)
        #expect((compacted.embeddings, compacted.segments) == (4, 1))
        #expect(compacted.catalogueFaults.isEmpty && compacted.indexFaults.isEmpty)
        #expect(compacted.byteCount > 0)
    }

    @Test func anIndexWithSomeInSegmentsSomeRemovedAndSomeRecentIsSound() async throws {
        let bench = try await indexed()
        try await bench.engine().compact()
        try bench.delete("shop/1.png")
        try bench.put(9, at: "shop/2.png")
        try bench.put(10, at: "shop/10.png")
        _ = try await bench.refresh("shop")
        let verification = try await verification(of: bench)
        #expect(verification.catalogueFaults.isEmpty && verification.indexFaults.isEmpty)
        // What was in photos that are gone is kept for a while.
        #expect((verification.photos, verification.embeddings) == (4, 6))
    }

    @Test(.inFiles) func theIndexOfAllPhotosButAFewIsSoundAfterTheyWereForgotten() async throws {
        let bench = try await indexed()
        let engine = try bench.engine()
        try await engine.compact()
        let paths = ["shop/1.png", "shop/never.png"].map(bench.path)
        #expect(try await engine.forget(paths) == [1, 0])
        let verification = try await verification(of: bench)
        #expect((verification.embeddings, verification.segments, verification.indexFaults) == (3, 1, []))
        #expect(
            try await engine.search([.bytes(Swatch(2).png)], in: bench.photos(["shop"]))[0].get().results.count == 2)
    }

    private func verification(of bench: EngineBench) async throws -> CatalogueVerification {
        try await CatalogueVerification(ofCatalogueAt: bench.location)
    }

    private func indexed() async throws -> EngineBench {
        let bench = EngineBench()
        for seed in 1...4 { try bench.put(seed, at: "shop/\(seed).png") }
        _ = try await bench.refresh("shop")
        return bench
    }
}
