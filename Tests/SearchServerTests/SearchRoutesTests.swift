import Foundation
import HTTPTypes
import SystemPackage
import TestSupport
import Testing
import VisualSearch

@testable import SearchServer

@Suite struct SearchRoutesTests {
    private let photo: [UInt8] = Swatch(2).png

    @Test func findsThePhotoThatIsSent() async throws {
        let bench = try await ServerBench()
        let answer = try await bench.ask(
            .post, "/api/search?self=true", body: photo, [.contentType: "image/png"])
        #expect(answer.status == 200 && answer.names.first == "2.png")
        #expect(
            answer.results.first?["identical"] as? Bool == true
                && answer.results.first?["photo"] as? String == bench.id(2))
        #expect(answer.json["photos"] as? Int == 3 && answer.json["exact"] as? Bool == true)
    }

    @Test func findsWhatIsSentInParts() async throws {
        let bench = try await ServerBench()
        let parts = """
            --b\r\nContent-Disposition: form-data; name="k"\r\n\r\n1\r\n--b\r\n\
            Content-Disposition: form-data; name="photo"; filename="x.png"\r\n\r\n
            """
        let body = Array(parts.utf8) + photo + Array("\r\n--b--\r\n".utf8)
        let answer = try await bench.ask(
            .post, "/api/search", body: body, [.contentType: "multipart/form-data; boundary=b"])
        #expect(answer.status == 200 && answer.results.count == 1)
        #expect(answer.names != ["2.png"])
    }

    @Test func findsTheLookAlikesOfAPhotoThatIsHere() async throws {
        let bench = try await ServerBench()
        let sent = try await bench.ask(.post, "/api/search?fold=false", body: photo)
        let named = try await bench.ask(.post, "/api/search?fold=false&photo=\(bench.id(2))")
        let similar = try await bench.ask(.get, "/api/photos/\(bench.id(2))/similar?fold=false")
        #expect(sent.names.count == 2 && named.names == sent.names && similar.names == sent.names)
        #expect((similar.json["identical"] as? [[String: Any]])?.first?["name"] as? String == "2.png")
    }

    @Test func aPhotoThatWasSentIsAskedForByItsID() async throws {
        let bench = try await ServerBench()
        let foreign = Swatch(9).png
        let id = PhotoID(ofFile: foreign).description
        #expect(try await bench.ask(.post, "/api/search?photo=\(id)").status == 404)
        let sent = try await bench.ask(.post, "/api/photos", body: foreign)
        #expect(sent.json["photo"] as? String == id && sent.json["known"] as? Bool == false)
        let answer = try await bench.ask(.post, "/api/search?photo=\(id)")
        #expect(answer.status == 200 && answer.results.count == 3)
        #expect(try await bench.ask(.get, "/api/photos/\(id)/thumbnail").status == 200)
    }

    @Test func readsQueriesOfSeveralPhotos() async throws {
        let bench = try await ServerBench(photos: 4)
        let query = "\(bench.id(1)) + 0.5:upload - \(bench.id(3))@0,0,0.5,1"
            .addingPercentEncoding(withAllowedCharacters: .alphanumerics)!
        let answer = try await bench.ask(.post, "/api/search?query=\(query)", body: photo)
        let terms = (answer.json["query"] as? [String: Any])?["terms"] as? [[String: Any]] ?? []
        #expect(answer.status == 200)
        #expect(terms.compactMap { $0["weight"] as? Double } == [1, 0.5, -1])
        #expect(terms.compactMap { $0["known"] as? Bool } == [true, true, true])
        #expect(terms.last?["region"] as? [Double] == [0, 0, 0.5, 1])
    }

    @Test func aRegionIsAnotherPhoto() async throws {
        let bench = try await ServerBench()
        let answer = try await bench.ask(.post, "/api/search?photo=\(bench.id(1))&region=0,0,0.5,0.5&self=true")
        let whole = try await bench.ask(.post, "/api/search?photo=\(bench.id(1))&self=true")
        #expect(answer.status == 200 && whole.status == 200)
        #expect(answer.results.first?["similarity"] as? Double != whole.results.first?["similarity"] as? Double)
    }

    @Test func findsOnlyWhatIsAskedFor() async throws {
        let bench = try await ServerBench(photos: 4)
        let only = try await bench.ask(.get, "/api/photos/\(bench.id(1))/similar?only=3.png&k=2")
        #expect(only.names == ["3.png"])
        let folder = bench.path("shop").string.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!
        #expect(try await bench.ask(.get, "/api/photos/\(bench.id(1))/similar?folder=\(folder)").names.count == 3)
        #expect(try await bench.ask(.get, "/api/photos/\(bench.id(1))/similar?since=2200-01-01").names.isEmpty)
    }

    @Test(arguments: [
        "", "k=0", "k=501", "k=x", "above=2", "metric=miles", "match=perfect", "colour=mauvish", "fold=maybe", "typo=1",
        "share=0.5", "region=1,2,3", "region=0,0,nan,1", "since=yesterday", "query=x&photo=y", "query=a&region=0,0,1,1",
        "type=spaceship", "photo=xyz",
    ])
    func saysWhatIsWrongWithAQuestion(parameters: String) async throws {
        let answer = try await ServerBench(photos: 1).ask(.post, "/api/search?\(parameters)")
        #expect(answer.status == 400 && answer.detail.hasSuffix("."))
        #expect(answer.fields[.contentType] == "application/problem+json")
    }

    @Test func looksNowhereElse() async throws {
        let bench = try await ServerBench(photos: 1)
        for folder in ["/etc", "/", "shop/../..", bench.path("").string] {
            let name = folder.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!
            #expect(try await bench.ask(.get, "/api/photos/\(bench.id(1))/similar?folder=\(name)").status == 404)
        }
    }

    @Test(arguments: [[], [1, 2, 3], Array("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8)] as [[UInt8]])
    func refusesWhatIsNoPhoto(bytes: [UInt8]) async throws {
        let bench = try await ServerBench(photos: 1)
        #expect(try await bench.ask(.post, "/api/search", body: bytes).status == (bytes.isEmpty ? 400 : 422))
        #expect(try await bench.ask(.post, "/api/photos", body: bytes).status == (bytes.isEmpty ? 400 : 422))
    }

    @Test func refusesWhatIsTooLargeOrOfAnotherKind() async throws {
        var configuration = ServerConfiguration()
        configuration.uploadLimit = 100
        let bench = try await ServerBench(photos: 1, configuration: configuration)
        let large = try await bench.ask(.post, "/api/search", body: [UInt8](repeating: 0, count: 101))
        #expect(large.status == 413 && large.fields[.connection] == "close")
        #expect(try await bench.ask(.post, "/api/search", body: [1], [.contentType: "text/html"]).status == 415)
        #expect(try await bench.ask(.post, "/api/search", body: [1], [.contentType: "multipart/mixed"]).status == 415)
    }

    @Test func foldsPhotosThatAreNearlyTheSame() async throws {
        let bench = try await ServerBench(photos: 2)
        try bench.folder.write(Swatch(2).png(labelled: "another"), to: "shop/again.png")
        try await bench.refresh()
        let folded = try await bench.ask(.get, "/api/photos/\(bench.id(1))/similar")
        let all = try await bench.ask(.get, "/api/photos/\(bench.id(1))/similar?fold=false")
        #expect(all.results.count == 2 && folded.results.count == 1)
        #expect((folded.results.first?["alike"] as? [[String: Any]])?.count == 1)
    }

    @Test func saysWhatAModelCannotDo() async throws {
        let bench = try await ServerBench(photos: 1)
        for parameters in ["metric=emd", "colour=navy", "type=dress"] {
            #expect(try await bench.ask(.get, "/api/photos/\(bench.id(1))/similar?\(parameters)").status == 409)
        }
        #expect(try await bench.ask(.get, "/api/explain?left=\(bench.id(1))&right=\(bench.id(1))").status == 409)
        #expect(try await bench.ask(.get, "/api/explain?left=\(bench.id(1))").status == 400)
    }
}
