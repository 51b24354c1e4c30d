import Foundation
import HTTPTypes
import SystemPackage
import TestSupport
import Testing

@testable import SearchServer

@Suite struct FolderRoutesTests {
    private let json = "application/json"

    @Test func listsFoldersWithTheirPhotos() async throws {
        let bench = try await ServerBench(photos: 2)
        let answer = try await bench.ask(.get, "/api/roots")
        let roots = answer.json["roots"] as? [[String: Any]] ?? []
        #expect(roots.count == 1 && roots.first?["path"] as? String == bench.path("shop").string)
        #expect(roots.first?["photos"] as? Int == 2 && roots.first?["isThere"] as? Bool == true)
        #expect(answer.json["canAdd"] as? Bool == true)
    }

    @Test(arguments: ["", "{}", "[]", "{\"path\": 1}", "{\"path\": \"shop\"}", "{\"path\": \"/nowhere/at/all\"}"])
    func addsNoFolderThatIsNone(body: String) async throws {
        let bench = try await ServerBench(photos: 1)
        #expect(try await bench.ask(.post, "/api/roots", body: Array(body.utf8), [.contentType: json]).status == 400)
    }

    @Test func addsNoFoldersWhereThatIsNotAllowed() async throws {
        var configuration = ServerConfiguration()
        configuration.canAddRoots = false
        let bench = try await ServerBench(photos: 1, configuration: configuration)
        let body = Array("{\"path\": \"\(bench.path("shop"))\"}".utf8)
        #expect(try await bench.ask(.post, "/api/roots", body: body, [.contentType: json]).status == 403)
    }

    @Test func takesAFormOfAStrangersPageForNoOrder() async throws {
        let bench = try await ServerBench(photos: 1)
        let body = Array("{\"path\": \"\(bench.path("shop"))\"}".utf8)
        #expect(try await bench.ask(.post, "/api/roots", body: body, [.contentType: "text/plain"]).status == 415)
    }

    @Test func beginsARunWhenItIsAskedFor() async throws {
        let bench = try await ServerBench(photos: 1)
        let answer = try await bench.ask(.post, "/api/refresh")
        #expect(answer.status == 202 && answer.json["stage"] as? String == "waiting")
    }

    @Test func tellsHowTheLastRunEndedAsEvents() async throws {
        let answer = try await ServerBench(photos: 1).ask(.get, "/api/refresh")
        #expect(answer.fields[.contentType] == "text/event-stream")
        #expect(answer.text.hasPrefix("event: done\ndata: {") && answer.text.hasSuffix("}\n\n"))
    }

    @Test func listsWhatWasSkippedWithReasons() async throws {
        let bench = try await ServerBench(photos: 1)
        try bench.folder.write(Array("no photo".utf8), to: "shop/broken.jpg")
        try await bench.refresh()
        let answer = try await bench.ask(.get, "/api/skipped")
        let skipped = answer.json["skipped"] as? [[String: Any]] ?? []
        #expect(answer.json["total"] as? Int == 1)
        #expect((skipped.first?["path"] as? String)?.hasSuffix("broken.jpg") == true)
        #expect((skipped.first?["reason"] as? String)?.isEmpty == false)
    }
}
