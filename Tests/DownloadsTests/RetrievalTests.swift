import Downloads
import Synchronization
import TestSupport
import Testing

@Suite struct RetrievalTests {
    private let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }

    private func retrieval(_ server: LoopbackServer, _ extent: Retrieval.Extent = .all) throws -> Retrieval {
        var patience = Patience()
        (patience.pause, patience.seconds, patience.retries) = (0.01, 2, 3)
        return Retrieval(try #require(WebAddress(server.address + "/x")), extent, patience: patience)
    }

    private func taken(_ retrieval: Retrieval, upTo limit: Int = .max) throws -> Retrieval.Answer {
        try retrieval.answer(upTo: limit)
    }

    @Test func theAnswerIsTakenIntoMemory() async throws {
        let fields = ["ETag": "\"x\"", "Last-Modified": "Sun, 06 Nov 1994 08:49:37 GMT", "X-Other": "yes"]
        let server = LoopbackServer { _ in WebAnswer(200, fields.merging(["Content-Length": "3"]) { $1 }, [1, 2, 3]) }
        let answer = try await retrieval(server).answer(upTo: 3)
        #expect(answer.status == 200 && answer.bytes == [1, 2, 3] && answer.length == 3)
        #expect(answer.tag == "\"x\"" && answer.modified == 784_111_777 && answer["x-other"] == "yes")
    }

    @Test func theHeadAloneBringsNothingElse() async throws {
        let server = LoopbackServer { _ in WebAnswer(200, ["Content-Length": "3"]) }
        let answer = try await retrieval(server, .head).answer(upTo: 0)
        #expect(answer.status == 200 && answer.bytes.isEmpty && answer.length == 3)
    }

    @Test func afterTheConnectionBreaksOffTheRestIsAskedFor() throws {
        let server = LoopbackServer { [bytes] request in
            .file(
                bytes, tag: "\"x\"", to: request,
                fault: request.fields["range"] == nil ? .breaksOff(after: 60_000) : nil)
        }
        #expect(try taken(retrieval(server)).bytes == bytes)
        #expect(server.requests.count == 2)
        #expect(server.requests[1].fields["range"]?.hasPrefix("bytes=") == true)
        #expect(server.requests[1].fields["if-range"] == "\"x\"")
    }

    @Test func whatChangedMeanwhileIsTakenAnew() throws {
        let other = [UInt8](repeating: 7, count: 90_000)
        let server = LoopbackServer { [bytes] request in
            request.fields["range"] == nil
                ? .file(bytes, tag: "\"x\"", to: request, fault: .breaksOff(after: 60_000))
                : .file(other, tag: "\"y\"", to: request)
        }
        #expect(try taken(retrieval(server)).bytes == other)
    }

    @Test func anotherPartThanTheMissingOneIsNotTakenForIt() throws {
        let server = LoopbackServer { [bytes] request in
            switch request.fields["range"] {
            case nil where request.fields["if-range"] == nil && !Self.isThird(request):
                .file(bytes, tag: "\"x\"", to: request, fault: .breaksOff(after: 60_000))
            case nil: .file(bytes, tag: "\"x\"", to: request)
            default:
                WebAnswer(
                    206, ["Content-Range": "bytes 5-99999/100000", "Content-Length": "99995"], Array(bytes[5...]))
            }
        }
        Self.count.withLock { $0 = 0 }
        #expect(try taken(retrieval(server)).bytes == bytes)
    }

    private static let count = Mutex(0)

    private static func isThird(_ request: WebRequest) -> Bool {
        count.withLock { count in
            count += 1
            return count > 1
        }
    }

    @Test func aRestThatIsShortIsNotTakenForTheWhole() throws {
        let server = LoopbackServer { [bytes] request in
            let start = request.fields["range"].flatMap { Int($0.dropFirst("bytes=".count).dropLast()) } ?? 0
            guard start > 0 else { return .file(bytes, tag: "\"x\"", to: request, fault: .breaksOff(after: 60_000)) }
            let end = min(start + 15_000, bytes.count)
            return WebAnswer(
                206,
                [
                    "ETag": "\"x\"", "Content-Length": "\(end - start)",
                    "Content-Range": "bytes \(start)-\(end - 1)/\(bytes.count)",
                ], Array(bytes[start..<end]))
        }
        let answer = try taken(retrieval(server))
        #expect(answer.bytes == bytes && answer.length == bytes.count)
    }

    @Test func whatBecameEmptyMeanwhileIsEmpty() throws {
        let server = LoopbackServer { [bytes] request in
            request.fields["range"] == nil
                ? .file(bytes, tag: "\"x\"", to: request, fault: .breaksOff(after: 60_000))
                : WebAnswer(200, ["ETag": "\"y\"", "Content-Length": "0"])
        }
        let answer = try taken(retrieval(server))
        #expect(answer.bytes.isEmpty && answer.tag == "\"y\"")
    }

    @Test func lengthsThatNothingHasAreRefused() throws {
        let server = LoopbackServer { [bytes] request in
            request.fields["range"] == nil
                ? .file(bytes, tag: "\"x\"", to: request, fault: .breaksOff(after: 60_000))
                : WebAnswer(
                    206, ["Content-Length": "\(Int.max)", "Content-Range": "bytes 60000-\(Int.max)/*"],
                    Array(bytes[60_000...]))
        }
        #expect(throws: DownloadError.self) { try taken(retrieval(server), upTo: 1 << 30) }
    }

    @Test func aServerThatIsBusyIsAskedAgain() async throws {
        let count = Mutex(0)
        let server = LoopbackServer { _ in
            let number = count.withLock { count in
                count += 1
                return count
            }
            return WebAnswer(number < 3 ? 503 : 200, ["Content-Length": "1"], [UInt8(number)])
        }
        let answer = try await retrieval(server).answer(upTo: 10)
        #expect(answer.status == 200 && answer.bytes == [3])
    }

    @Test func aServerThatStaysBusyIsTakenAtItsWord() async throws {
        let server = LoopbackServer { _ in WebAnswer(503, ["Content-Length": "1"], [9]) }
        let answer = try await retrieval(server).answer(upTo: 10)
        #expect(answer.status == 503 && answer.bytes == [9] && server.requests.count == 4)
    }

    @Test(arguments: [true, false]) func moreThanIsWantedIsRefused(saysHowLong: Bool) async throws {
        let server = LoopbackServer { [bytes] _ in
            WebAnswer(200, saysHowLong ? ["Content-Length": "\(bytes.count)"] : [:], bytes)
        }
        let error = await #expect(throws: DownloadError.self) { try await retrieval(server).answer(upTo: 1000) }
        #expect(error.map { if case .tooLong(_, 1000) = $0 { true } else { false } } == true)
    }

    @Test func redirectionsAreFollowed() async throws {
        let server = LoopbackServer { request in
            request.target == "/x"
                ? WebAnswer(302, ["Location": "/y", "Content-Length": "2"], [8, 8])
                : WebAnswer(200, ["Content-Length": "1"], [1])
        }
        #expect(try await retrieval(server).answer(upTo: 10).bytes == [1])
    }

    @Test func nobodyIsNamedWhereNobodyAnswers() async throws {
        var patience = Patience()
        (patience.pause, patience.retries) = (0.01, 1)
        let retrieval = Retrieval(try #require(WebAddress("http://127.0.0.1:1/")), patience: patience)
        await #expect(throws: DownloadError.self) { try await retrieval.answer(upTo: 10) }
    }

    @Test func whoIsNotWantedAnyMoreStops() async throws {
        let server = LoopbackServer { [bytes] in .file(bytes, tag: "\"x\"", to: $0, fault: .stalls(after: 10)) }
        let retrieval = Retrieval(try #require(WebAddress(server.address + "/x")))
        let task = Task { try await retrieval.answer(upTo: .max) }
        while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
