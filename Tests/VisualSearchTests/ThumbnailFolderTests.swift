import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import VisualSearch

@Suite struct ThumbnailFolderTests {
    private let folder = TemporaryFolder()
    private var catalogue: FilePath { folder.appending("c.sqlite") }

    private func id(_ number: UInt8) -> PhotoID { PhotoID(ofFile: [number]) }

    @Test func givesBackWhatItKeeps() async {
        let thumbnails = ThumbnailFolder(beside: catalogue)
        #expect(thumbnails.bytes(of: id(1), side: 320) == nil)
        await thumbnails.keep([1, 2, 3], of: id(1), side: 320)
        #expect(thumbnails.bytes(of: id(1), side: 320) == [1, 2, 3])
        #expect(thumbnails.bytes(of: id(1), side: 160) == nil && thumbnails.bytes(of: id(2), side: 320) == nil)
    }

    @Test func forgetsThoseThatNobodyAskedForInAWhile() async throws {
        let thumbnails = ThumbnailFolder(beside: catalogue, byteLimit: 1000)
        for number in 0..<9 {
            await thumbnails.keep([UInt8](repeating: 0, count: 100), of: id(UInt8(number)), side: 320)
            // Times of files are no finer than the kernel's clock.
            try await Task.sleep(for: .milliseconds(10))
        }
        _ = thumbnails.bytes(of: id(0), side: 320)
        await thumbnails.keep([UInt8](repeating: 0, count: 300), of: id(100), side: 320)
        #expect(thumbnails.bytes(of: id(0), side: 320) != nil && thumbnails.bytes(of: id(100), side: 320) != nil)
        #expect(thumbnails.bytes(of: id(1), side: 320) == nil)
    }

    @Test func whatCannotBeWrittenIsNotKept() async throws {
        try folder.write([], to: "c.sqlite.thumbnails")
        let thumbnails = ThumbnailFolder(beside: catalogue)
        await thumbnails.keep([1], of: id(1), side: 320)
        #expect(thumbnails.bytes(of: id(1), side: 320) == nil)
    }

    @Test(.inFiles) func thumbnailsGoWithThePhotosThatAreForgotten() async throws {
        let bench = EngineBench()
        for seed in 1...2 { try bench.put(seed, at: "shop/\(seed).png") }
        _ = try await bench.refresh("shop")
        let ids = (1...2).map { PhotoID(ofFile: Swatch($0).png) }
        let thumbnails = ThumbnailFolder(beside: bench.path("catalogue.sqlite"))
        for id in ids { await thumbnails.keep([1], of: id, side: 160) }
        try await bench.engine().forget([bench.path("shop/1.png")])
        #expect(thumbnails.bytes(of: ids[0], side: 160) == nil && thumbnails.bytes(of: ids[1], side: 160) != nil)
    }
}
