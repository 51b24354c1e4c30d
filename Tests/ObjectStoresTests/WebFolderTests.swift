import SystemPackage
import TestSupport
import Testing

@testable import ObjectStores

@Suite struct WebFolderTests {
    private func listing(_ address: String) async throws -> ObjectListing {
        try await #require(ObjectAddress(FilePath(address))).objects(
            ObjectSelection(holding: { $0.path.extension == "jpg" }, entering: { $0.path.lastComponent != "closed" }))
    }

    @Test func findsWhatLiesInAllFolders() async throws {
        let server = LoopbackServer { request in
            switch request.target {
            case "/shop/":
                WebAnswer(200, [:], Array(#"<a href="../"><a href="a/"><a href="1.jpg"><a href="x.txt">"#.utf8))
            case "/shop/a/": WebAnswer(200, [:], Array(#"<a href="2.jpg"><a href="/shop/"><a href="/shop/a/">"#.utf8))
            case "/shop/1.jpg":
                WebAnswer(
                    200, ["ETag": "\"x\"", "Content-Length": "5", "Last-Modified": "Sun, 29 Nov 2026 12:34:56 GMT"])
            case "/shop/a/2.jpg": WebAnswer(200, ["Content-Length": "6", "ETag": "W/\"x\""])
            default: WebAnswer(404)
            }
        }
        let listing = try await listing(server.address + "/shop")
        let found = listing.objects.sorted { $0.address.path.string < $1.address.path.string }
        #expect(found.map(\.address.description) == ["/shop/1.jpg", "/shop/a/2.jpg"].map { server.address + $0 })
        #expect(found.map(\.version.size) == [5, 6] && found.map(\.version.modified) == [1_795_955_696, nil])
        // A tag that stands for bytes that are much the same stands for none.
        #expect(found.map(\.version.tag) == ["\"x\"", nil])
        #expect(listing.unseen.isEmpty && !server.requests.contains { $0.target.hasSuffix("x.txt") })
    }

    @Test func whatCannotBeSeenIsNamed() async throws {
        let server = LoopbackServer { request in
            request.target == "/shop/"
                ? WebAnswer(200, [:], Array(#"<a href="a/"><a href="1.jpg"><a href="2.jpg">"#.utf8))
                : WebAnswer(request.target.hasSuffix("2.jpg") ? 200 : 403, ["Content-Length": "0"])
        }
        let listing = try await listing(server.address + "/shop")
        #expect(listing.objects.map(\.address.path.lastComponent?.string) == ["2.jpg"])
        #expect(
            Set(listing.unseen.map(\.address.description)) == ["/shop/a", "/shop/1.jpg"].mapped { server.address + $0 })
        #expect(listing.unseen.allSatisfy { $0.reason.kind == .forbidden("") })
    }

    @Test(arguments: [
        WebAnswer(200, ["Content-Length": "0"]), WebAnswer(200, [:], Array("<h1>We are closed</h1>".utf8)),
        WebAnswer(302, ["Location": "/login/", "Content-Length": "0"]),
    ])
    func aPageThatListsNothingSaysNotThatAllIsGone(answer: WebAnswer) async throws {
        let server = LoopbackServer { request in
            request.target == "/login/" ? WebAnswer(200, [:], Array(#"<a href="1.jpg">"#.utf8)) : answer
        }
        let error = await #expect(throws: ObjectStoreError.self) { try await listing(server.address + "/shop") }
        #expect(error.map { if case .unlistable = $0.kind { true } else { false } } == true)
    }

    @Test func whatIsNotWantedIsNotLookedInto() async throws {
        let server = LoopbackServer { request in
            request.target == "/shop/"
                ? WebAnswer(200, [:], Array(#"<a href="closed/"><a href="1.jpg">"#.utf8))
                : WebAnswer(200, ["Content-Length": "0"])
        }
        #expect(try await listing(server.address + "/shop").objects.count == 1)
        #expect(server.requests.map(\.target) == ["/shop/", "/shop/1.jpg"])
    }

    @Test func aFolderThatIsNotThereIsAnError() async throws {
        let server = LoopbackServer { _ in WebAnswer(404, ["Content-Length": "0"]) }
        let error = await #expect(throws: ObjectStoreError.self) { try await listing(server.address + "/shop") }
        #expect(error?.kind == .absent && error?.description == server.address + "/shop is not there")
    }

    @Test func aFolderThatListsItselfForEverEnds() async throws {
        let server = LoopbackServer { _ in WebAnswer(200, ["Content-Length": "13"], Array(#"<a href="a/">"#.utf8)) }
        let listing = try await listing(server.address)
        #expect(listing.objects.isEmpty && listing.unseen.count == 1 && server.requests.count < 100)
    }
}

extension [String] {
    fileprivate func mapped(_ transform: (String) -> String) -> Set<String> { Set(map(transform)) }
}
