import Catalogue
import Foundation
import Hashing
import SystemPackage
import TestSupport
import Testing

@testable import VisualSearch

@Suite struct PhotoFilterTests {
    /// Whether a photo that lies somewhere is let through.
    private func accepts(_ filter: PhotoFilter, _ path: FilePath, _ modified: Int64) -> Bool {
        filter.selection(of: [PhotoSelection.Folder("/")]).contains(
            Photo(id: 1, path: path, content: 1, digest: SHA256Digest(of: []), modified: modified))
    }

    @Test func letsEverythingThroughAtFirst() {
        #expect(PhotoFilter().isOpen)
        #expect(accepts(PhotoFilter(), "/shop/a.jpg", .min))
    }

    @Test(arguments: [
        ("*.jpg", true), ("a.*", true), ("/shop/*", true), ("*/dress/*", true), ("dress", false), ("*.png", false),
        ("/shop", false), ("[a-c].jpg", true),
    ])
    func matchesNamesAndPaths(pattern: String, isAccepted: Bool) {
        var filter = PhotoFilter()
        filter.patterns = ["nothing", pattern]
        #expect(!filter.isOpen)
        #expect(accepts(filter, "/shop/dress/a.jpg", 0) == isAccepted)
    }

    @Test func keepsToATime() {
        var filter = PhotoFilter()
        filter.from = Date(timeIntervalSince1970: 10)
        #expect(!accepts(filter, "/a", 9_999_999_999) && accepts(filter, "/a", 10_000_000_000))
        filter.until = Date(timeIntervalSince1970: 20)
        #expect(accepts(filter, "/a", 19_000_000_000) && !accepts(filter, "/a", 20_000_000_000))
    }

    @Test func keepsToAList() {
        var filter = PhotoFilter()
        filter.among = ["/a", "/b"]
        #expect(accepts(filter, "/b", 0) && !accepts(filter, "/c", 0))
        filter.among = []
        #expect(!accepts(filter, "/b", 0))
    }

    @Test func isKeptToByASearch() async throws {
        let bench = EngineBench()
        for seed in 1...6 { try bench.put(seed, at: "shop/\(seed % 2 == 0 ? "even" : "odd")/\(seed).png") }
        try bench.put(2, at: "shop/odd/copy.png")
        _ = try await bench.refresh("shop")
        var options = SearchOptions()
        options.filter.patterns = ["*/odd/*"]
        let answers = try await bench.engine().search(
            [.bytes(Swatch(9).png)], in: bench.photos(["shop"]), options: options)
        let names = try answers[0].get().results.map { bench.name($0.path) }
        #expect(Set(names) == ["shop/odd/1.png", "shop/odd/3.png", "shop/odd/5.png", "shop/odd/copy.png"])
    }
}
