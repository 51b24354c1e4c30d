import Foundation
import SystemPackage
import TestSupport
import Testing

/// Photos and folders that are to leave nothing behind.
@Suite struct ForgetTests {
    @Test(arguments: [false, true])
    func noByteOfAForgottenPhotoIsLeftInAnyFile(isCompacted: Bool) throws {
        let bench = try indexed()
        if isCompacted { _ = try bench.run("compact") }
        let (vector, other) = (try bench.vector(of: "shop/3.png"), try bench.vector(of: "shop/4.png"))
        #expect(try bench.files(with: vector).count == (isCompacted ? 2 : 1))
        let outcome = try bench.run("forget", "shop/3.png")
        #expect(outcome.text == "shop/3.png: 1 photo forgotten\n")
        #expect(try bench.files(with: vector).isEmpty)
        #expect(try bench.files(with: other).count == 2)
        #expect(try verify(bench) == 0)
    }

    @Test func noByteOfAForgottenFolderIsLeft() throws {
        let bench = try indexed()
        try bench.put(Swatch(50).png, at: "outlet/50.png")
        _ = try bench.run("index", "outlet")
        _ = try bench.run("compact")
        let vectors = try (1...5).map { try bench.vector(of: "shop/\($0).png") }
        #expect(try bench.run("forget", "shop").text == "shop: 5 photos forgotten\n")
        for vector in vectors { #expect(try bench.files(with: vector).isEmpty) }
        #expect(try verify(bench) == 0)
        #expect(try bench.search("shop/1.png", "--photos", "outlet").results.count == 1)
    }

    @Test func whatTheCatalogueWasMadeOfCanAllBeForgotten() throws {
        let bench = try indexed()
        _ = try bench.run("compact")
        let vector = try bench.vector(of: "shop/1.png")
        _ = try bench.run("forget", "shop")
        #expect(try bench.files(with: vector).isEmpty)
        #expect(bench.indexFiles.isEmpty)
        #expect(try bench.run("index", "shop").text.hasPrefix("5 photos: 5 added"))
    }

    @Test func contentsThatAnotherPhotoHasStay() throws {
        let bench = try indexed()
        try bench.put(Swatch(3).png, at: "shop/copy.png")
        _ = try bench.run("index", "shop")
        _ = try bench.run("compact")
        let vector = try bench.vector(of: "shop/3.png")
        _ = try bench.run("forget", "shop/3.png")
        #expect(try bench.files(with: vector).count == 2)
        _ = try bench.run("forget", "shop/copy.png")
        #expect(try bench.files(with: vector).isEmpty)
    }

    @Test func aPhotoAndAFolderThatAreGoneCanBeForgotten() throws {
        let bench = try indexed()
        try bench.put(Swatch(50).png, at: "outlet/50.png")
        _ = try bench.run("index", "outlet")
        try FileManager.default.removeItem(atPath: bench.folder.path.pushing("shop/2.png").string)
        try FileManager.default.removeItem(atPath: bench.folder.appending("outlet").string)
        let outcome = try bench.run("forget", "shop/2.png", "outlet", "shop/never.png")
        #expect(
            outcome.text == """
                shop/2.png: 1 photo forgotten
                outlet: 1 photo forgotten
                shop/never.png: 0 photos forgotten

                """)
        #expect(try bench.search("shop/1.png").results.count == 3)
    }

    private func indexed() throws -> Workbench {
        let bench = try Workbench(photos: 5)
        _ = try bench.run("index", "shop")
        return bench
    }

    private func verify(_ bench: Workbench) throws -> Int32 {
        try bench.runPlainly("verify", "--catalogue", .path(bench.catalogue)).status
    }
}

extension Workbench {
    /// The files of the catalogue that hold some bytes.
    func files(with bytes: Data) throws -> [String] {
        let names = FileManager.default.enumerator(atPath: folder.path.string)?.compactMap { $0 as? String } ?? []
        return names.filter { name in
            let file = try? Data(contentsOf: URL(fileURLWithPath: folder.path.pushing(FilePath(name)).string))
            // Slots of segments and pages of catalogues may cut a vector in two.
            return file.map { $0.range(of: bytes.prefix(400)) != nil || $0.range(of: bytes.suffix(400)) != nil }
                ?? false
        }
    }
}
