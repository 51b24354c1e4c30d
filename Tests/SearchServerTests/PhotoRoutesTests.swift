import Foundation
import HTTPTypes
import Imaging
import SystemPackage
import TestSupport
import Testing

@Suite struct PhotoRoutesTests {
    @Test func listsPhotosPageByPage() async throws {
        let bench = try await ServerBench(photos: 3)
        var (names, next) = ([String](), String?.some(""))
        while let after = next {
            let query =
                after.isEmpty ? "" : "&after=" + after.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!
            let page = try await bench.ask(.get, "/api/photos?limit=2\(query)")
            #expect(page.json["total"] as? Int == 3)
            names += (page.json["photos"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
            next = page.json["next"] as? String
        }
        #expect(names == ["1.png", "2.png", "3.png"])
    }

    @Test func tellsOfAPhotoAndItsCopies() async throws {
        let bench = try await ServerBench(photos: 1)
        try bench.folder.write(Swatch(1).png, to: "shop/copy.png")
        try await bench.refresh()
        let answer = try await bench.ask(.get, "/api/photos/\(bench.id(1))")
        let places = answer.json["places"] as? [[String: Any]] ?? []
        #expect(places.compactMap { $0["name"] as? String } == ["1.png", "copy.png"])
        #expect(answer.json["bytes"] as? Int == Swatch(1).png.count)
    }

    @Test(arguments: [
        "x", "..", "%2e%2e", "00", "GG0000000000000000000000000000ff", "0123456789abcdef0123456789abcdef",
    ])
    func knowsNoOtherPhotos(id: String) async throws {
        let bench = try await ServerBench(photos: 1)
        for part in ["", "/thumbnail", "/image", "/similar"] {
            #expect(try await bench.ask(.get, "/api/photos/\(id)\(part)").status == 404)
        }
    }

    @Test(.inFiles) func drawsAThumbnailOnceAndKeepsIt() async throws {
        let bench = try await ServerBench(photos: 1)
        let first = try await bench.ask(.get, "/api/photos/\(bench.id(1))/thumbnail?size=160")
        #expect(first.status == 200 && ImageFormat(signatureOf: first.body) == .jpeg)
        let kept = bench.path("catalogue.sqlite.thumbnails/\(bench.id(1).prefix(2))/\(bench.id(1))-160.thumbnail")
        #expect(try contents(of: kept) == first.body)
        #expect(try await bench.ask(.get, "/api/photos/\(bench.id(1))/thumbnail?size=200").status == 400)
    }

    @Test(.enabled(if: TestDatabase.isAskedFor, "needs a server"))
    func aThumbnailOfOneMachineIsAllOthers() async throws {
        let bench = try await ServerBench(photos: 2)
        let address = { (seed: Int) in "/api/photos/\(bench.id(seed))/thumbnail?size=160" }
        let first = try await bench.ask(.get, address(1))
        for seed in 1...2 { try bench.folder.remove("shop/\(seed).png") }
        let other = try await bench.onAnotherMachine()
        let shared = try await other.ask(.get, address(1))
        #expect(shared.status == 200 && shared.body == first.body)
        #expect(try await other.ask(.get, address(2)).status != 200)
        try await bench.refresh()
        #expect(try await bench.onAnotherMachine().ask(.get, address(1)).status == 404)
    }

    @Test func aPhotoThatIsGoneHasNoThumbnail() async throws {
        let bench = try await ServerBench(photos: 2)
        let path = "/api/photos/\(bench.id(1))/thumbnail"
        let tag = try #require(try await bench.ask(.get, path).fields[.eTag])
        try bench.folder.remove("shop/1.png")
        try await bench.refresh()
        #expect(try await bench.ask(.get, path).status == 404)
        #expect(try await bench.ask(.get, path, [.ifNoneMatch: tag]).status == 404)
    }

    @Test func goesThroughFoldersWhoseNamesBeginAlike() async throws {
        let bench = try await ServerBench(photos: 2)
        for name in ["shop-b/1.png", "shop-b/2.png"] { try bench.folder.write(Swatch(name.count).png, to: name) }
        try await bench.refresh("shop-b")
        var (names, next) = ([String](), String?.some(""))
        while let after = next {
            let query =
                after.isEmpty ? "" : "&after=" + after.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!
            let page = try await bench.ask(.get, "/api/photos?limit=1\(query)")
            names += (page.json["photos"] as? [[String: Any]] ?? []).compactMap { $0["path"] as? String }
            next = page.json["next"] as? String
        }
        #expect(names.count == 4 && Set(names).count == 4)
    }

    @Test func aBrowserThatHasAPictureIsNotSentItAgain() async throws {
        let bench = try await ServerBench(photos: 1)
        for path in ["/api/photos/\(bench.id(1))/thumbnail", "/api/photos/\(bench.id(1))/image"] {
            let first = try await bench.ask(.get, path)
            let tag = try #require(first.fields[.eTag])
            let again = try await bench.ask(.get, path, [.ifNoneMatch: "W/\"x\", \(tag)"])
            #expect(again.status == 304 && again.body.isEmpty && again.fields[.eTag] == tag)
        }
    }

    @Test func sendsTheFileWhereBrowsersShowIt() async throws {
        let bench = try await ServerBench(photos: 1)
        let answer = try await bench.ask(.get, "/api/photos/\(bench.id(1))/image")
        #expect(answer.body == Swatch(1).png && answer.fields[.contentType] == "image/png")
        #expect(answer.fields[.contentSecurityPolicy]?.contains("sandbox") == true)
    }

    @Test func aPhotoThatChangedIsNotShownForTheOldOne() async throws {
        let bench = try await ServerBench(photos: 1)
        try bench.folder.write(Swatch(7).png, to: "shop/1.png")
        #expect(try await bench.ask(.get, "/api/photos/\(bench.id(1))/image").status == 404)
    }
}
