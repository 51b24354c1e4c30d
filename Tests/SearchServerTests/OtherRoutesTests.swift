import Foundation
import HTTPTypes
import SystemPackage
import TestSupport
import Testing

@testable import SearchServer

@Suite struct StatusRoutesTests {
    @Test func tellsWhatIsServed() async throws {
        let status = try await ServerBench(photos: 2).ask(.get, "/api/status").json
        #expect(status["photos"] as? Int == 2 && status["model"] as? String == "colour-layout")
        #expect(status["canExplain"] as? Bool == false && (status["types"] as? [String])?.isEmpty == true)
        #expect((status["metrics"] as? [String])?.contains("emd") == false)
    }

    @Test func listsModelsThatCanBeAskedFor() async throws {
        let models = try await ServerBench(photos: 2).ask(.get, "/api/models").json
        let searchable = models["searchable"] as? [[String: Any]] ?? []
        #expect(searchable.count == 1 && searchable.first?["photos"] as? Int == 2)
        #expect(models["inUse"] as? String == "colour-layout" && (models["models"] as? [Any])?.isEmpty == false)
    }

    @Test func countsWhatItAnswers() async throws {
        let bench = try await ServerBench(photos: 1)
        _ = try await bench.ask(.get, "/api/photos/\(bench.id(1))/similar")
        _ = try await bench.ask(.get, "/nowhere")
        let text = try await bench.ask(.get, "/metrics").text
        #expect(text.contains("lookalike_photos 1\n"))
        #expect(text.contains("{method=\"GET\",route=\"/api/photos/{id}/similar\",status=\"200\"} 1\n"))
        #expect(text.contains("status=\"404\"} 1\n"))
        #expect(text.contains("lookalike_stage_seconds_count{stage=\"search\"} 1\n"))
    }
}

@Suite struct DuplicateRoutesTests {
    @Test func groupsPhotosThatAreThereTwice() async throws {
        let bench = try await ServerBench(photos: 2)
        try bench.folder.write(Swatch(2).png, to: "shop/copy.png")
        try await bench.refresh()
        let groups = try await bench.ask(.get, "/api/duplicates").json["groups"] as? [[String: Any]] ?? []
        let contents = groups.first?["contents"] as? [[String: Any]] ?? []
        #expect(groups.count == 1 && contents.count == 1 && contents.first?["photo"] as? String == bench.id(2))
        #expect((contents.first?["places"] as? [Any])?.count == 2)
        #expect(try await bench.ask(.get, "/api/duplicates?garments=true").status == 409)
    }
}

@Suite struct PageRoutesTests {
    @Test(arguments: ["/", "/folders", "/duplicates"])
    func showsThePageThatLoadsItsOwnFilesAlone(path: String) async throws {
        let answer = try await ServerBench(photos: 0).ask(.get, path)
        #expect(answer.status == 200 && answer.fields[.contentType]?.hasPrefix("text/html") == true)
        let policy = answer.fields[.contentSecurityPolicy] ?? ""
        #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
        #expect(!policy.contains("unsafe") && !policy.contains("data:"))
        #expect(!answer.text.contains("http://") && !answer.text.contains("https://"))
    }

    @Test func aBrowserThatHasThePageIsNotSentItAgain() async throws {
        let bench = try await ServerBench(photos: 0)
        let tag = try #require(try await bench.ask(.get, "/app.js").fields[.eTag])
        #expect(try await bench.ask(.get, "/app.js", [.ifNoneMatch: tag]).status == 304)
    }

    @Test func saysWhatCanBeDoneWithAPath() async throws {
        let answer = try await ServerBench(photos: 0).ask(.put, "/api/refresh")
        #expect(answer.status == 405 && answer.fields[.allow] == "DELETE, GET, HEAD, POST")
    }

    @Test func everyAnswerIsSafeToLookAt() async throws {
        let bench = try await ServerBench(photos: 1)
        for path in ["/", "/api/status", "/nowhere", "/api/photos/x", "/metrics"] {
            let answer = try await bench.ask(.get, path)
            #expect(answer.fields[.xContentTypeOptions] == "nosniff" && answer.fields[.contentSecurityPolicy] != nil)
            #expect(answer.fields[.xRequestID] != nil)
        }
    }
}
