import Dispatch
import Foundation
import Hashing
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import Downloads

/// Against a server that does what servers and networks do.
@Suite struct DownloadTests {
    private let folder = TemporaryFolder()
    /// Has the file and does what it is asked.
    private let server = LoopbackServer { .file(bytes, tag: tag, to: $0) }

    // MARK: What goes well

    @Test func fetchesAFileAndLeavesNothingBesideIt() async throws {
        let events = Recorder<DownloadEvent>()
        try await run(server) { events.add($0) }
        #expect(try contents(of: target) == bytes)
        #expect(events.all.last == .received(bytes.count))
        #expect(try names() == ["file"])
        #expect(server.requests.map(\.fields["range"]) == [nil])
    }

    @Test func fetchesNothingThatIsThereAlready() async throws {
        try folder.write(bytes, to: "file")
        try await run(server)
        #expect(server.requests.isEmpty)
    }

    @Test func takesAnotherFileOfTheSameNameForNothing() async throws {
        try folder.write([1, 2, 3], to: "file")
        try await run(server)
        #expect(try contents(of: target) == bytes)
    }

    @Test func isContentWithTheFirstDigitsOfADigest() async throws {
        try await run(server, digest: String(SHA256Digest(of: bytes).description.prefix(8)))
        #expect(try contents(of: target) == bytes)
    }

    // MARK: Going on

    @Test func goesOnWhereTheConnectionBrokeOff() async throws {
        let server = LoopbackServer { request in
            let start = request.fields["range"] == nil ? 100_000 : 50_000
            return .file(bytes, tag: tag, to: request, fault: .breaksOff(after: start))
        }
        try await run(server)
        #expect(try contents(of: target) == bytes)
        let ranges = server.requests.map(\.fields["range"])
        #expect(ranges == [nil, "bytes=100000-", "bytes=150000-", "bytes=200000-", "bytes=250000-"])
        #expect(server.requests.dropFirst().allSatisfy { $0.fields["if-range"] == tag })
    }

    @Test func goesOnWhereAnEarlierRunWasEnded() async throws {
        let server = LoopbackServer { request in
            let isFirst = request.fields["range"] == nil
            return .file(bytes, tag: tag, to: request, fault: isFirst ? .breaksOff(after: 70_000) : nil)
        }
        await expectBreak(of: server)
        #expect(try names() == ["file.part", "file.part.origin"])
        #expect(try contents(of: part) == Array(bytes.prefix(70_000)))
        try await run(server)
        #expect(server.requests.map(\.fields["range"]) == [nil, "bytes=70000-"])
        #expect(try contents(of: target) == bytes)
        #expect(try names() == ["file"])
    }

    @Test func startsOverWhereTheServerKnowsNoRanges() async throws {
        let server = LoopbackServer { request in
            let fields = ["ETag": tag, "Content-Length": "\(bytes.count)"]
            return WebAnswer(200, fields, bytes, fault: request.fields["range"] == nil ? .breaksOff(after: 999) : nil)
        }
        try await run(server)
        #expect(server.requests.map(\.fields["range"]) == [nil, "bytes=999-"])
        #expect(try contents(of: target) == bytes)
    }

    @Test func startsOverWhereTheFileIsAnotherByNow() async throws {
        try leavePart(Array(repeating: 7, count: 5000), validator: "\"v0\"", of: server)
        try await run(server)
        #expect(server.requests.map(\.fields["if-range"]) == ["\"v0\""])
        #expect(try contents(of: target) == bytes)
    }

    @Test func startsOverWhereItCameFromAnotherAddress() async throws {
        try leavePart(Array(bytes.prefix(5000)), validator: tag, of: LoopbackServer { _ in WebAnswer(404) })
        try await run(server)
        #expect(server.requests.map(\.fields["range"]) == [nil])
        #expect(try contents(of: target) == bytes)
    }

    /// Without a version, the rest of another file could be put behind the part.
    @Test(arguments: [["X": "y"], ["ETag": "W/\"weak\""]])
    func startsOverWhereNoVersionIsNamed(fields: [String: String]) async throws {
        let server = LoopbackServer { _ in
            WebAnswer(
                200, fields.merging(["Content-Length": "\(bytes.count)"]) { $1 }, bytes, fault: .breaksOff(after: 999))
        }
        await expectBreak(of: server, retries: 1)
        #expect(server.requests.map(\.fields["range"]) == [nil, nil])
    }

    @Test func namesTheVersionByItsDateWhereTheTagIsWeak() async throws {
        let date = "Wed, 25 Nov 2026 01:00:00 GMT"
        let server = LoopbackServer { request in
            let fields = ["ETag": "W/\"weak\"", "Last-Modified": date, "Content-Length": "\(bytes.count)"]
            guard request.fields["range"] != nil else {
                return WebAnswer(200, fields, bytes, fault: .breaksOff(after: 9))
            }
            return .file(bytes, tag: date, to: request)
        }
        try await run(server)
        #expect(server.requests.last?.fields["if-range"] == date)
        #expect(try contents(of: target) == bytes)
    }

    @Test func isCompleteWhereNothingFollowsWhatHasCome() async throws {
        try leavePart(bytes, validator: tag, of: server)
        try await run(server)
        #expect(server.requests.map(\.fields["range"]) == ["bytes=\(bytes.count)-"])
        #expect(try contents(of: target) == bytes)
    }

    @Test func startsOverWhereMoreHasComeThanThereIs() async throws {
        try leavePart(bytes + bytes, validator: tag, of: server)
        try await run(server)
        #expect(server.requests.map(\.fields["range"]) == ["bytes=\(bytes.count * 2)-", nil])
        #expect(try contents(of: target) == bytes)
    }

    @Test func startsOverWhereTheServerSendsAnotherPart() async throws {
        let server = LoopbackServer { request in
            guard request.fields["range"] != nil else { return .file(bytes, tag: tag, to: request) }
            return WebAnswer(206, ["Content-Range": "bytes 0-9/\(bytes.count)", "Content-Length": "10"], [0, 1, 2])
        }
        try leavePart(Array(bytes.prefix(5000)), validator: tag, of: server)
        try await run(server)
        #expect(try contents(of: target) == bytes)
    }

    @Test func asksAgainWhereAServerIsBusy() async throws {
        let earlier = Recorder<Int>()
        let server = LoopbackServer { earlier.add(0) < 3 ? WebAnswer(503) : .file(bytes, tag: tag, to: $0) }
        try await run(server)
        #expect(server.requests.count == 3)
        #expect(try contents(of: target) == bytes)
    }

    @Test func givesUpWhereNothingHelps() async throws {
        let server = LoopbackServer { _ in WebAnswer(500) }
        await expect(.refused(address(of: server), status: 500), from: server)
        #expect(server.requests.count == 3)
        #expect(try names() == [])
    }

    // MARK: Being led on

    @Test(arguments: [301, 302, 303, 307, 308])
    func followsToWhereTheFileIs(status: Int) async throws {
        let server = LoopbackServer { request in
            request.target == "/file" ? WebAnswer(status, ["Location": "/other"]) : .file(bytes, tag: tag, to: request)
        }
        try await run(server)
        #expect(server.requests.map(\.target) == ["/file", "/other"])
        #expect(try contents(of: target) == bytes)
    }

    @Test(arguments: ["file:///etc/passwd", "ftp://127.0.0.1/file", "gopher://127.0.0.1/file"])
    func followsToNothingButTheWeb(place: String) async throws {
        let server = LoopbackServer { _ in WebAnswer(302, ["Location": place]) }
        await expect(.astray(address(of: server), to: place), from: server)
        #expect(try names() == [])
    }

    @Test func followsForALimitedTime() async throws {
        let server = LoopbackServer { WebAnswer(302, ["Location": $0.target + "x"]) }
        let error = await #expect(throws: DownloadError.self) { try await run(server) }
        #expect(error?.description.contains("ever other addresses") == true)
        #expect(server.requests.count == 11)
    }

    // MARK: What is not taken

    @Test func saysThatThereIsNoSuchFile() async throws {
        let server = LoopbackServer { _ in WebAnswer(404, ["Content-Length": "3"], [1, 2, 3]) }
        let error = await expect(.refused(address(of: server), status: 404), from: server)
        #expect(error?.isAbsence == true)
        #expect(error?.description.contains("there is no \(server.address)/file") == true)
        #expect(server.requests.count == 1)
        #expect(try names() == [])
    }

    @Test func deletesAFileOfAnotherDigestAndNamesBoth() async throws {
        let wrong = Array(bytes.reversed())
        let server = LoopbackServer { .file(wrong, tag: tag, to: $0) }
        let error = await #expect(throws: DownloadError.self) { try await run(server) }
        #expect(error?.description.contains(SHA256Digest(of: wrong).description) == true)
        #expect(error?.description.contains(SHA256Digest(of: bytes).description) == true)
        #expect(try names() == [])
    }

    @Test(arguments: [1, 299_999, 300_001, 5_000_000_000])
    func refusesALengthThatIsNotTheFiles(length: Int) async throws {
        let server = LoopbackServer { _ in
            WebAnswer(200, ["Content-Length": "\(length)"], [1], fault: .breaksOff(after: 1))
        }
        await expect(.wrongLength(address(of: server), found: length, expected: 300_000...300_000), from: server)
        #expect(server.requests.count == 1)
    }

    @Test func takesNoMoreThanTheFileHasFromAServerThatSaysNoLength() async throws {
        let server = LoopbackServer { _ in WebAnswer(200, [:], Array(repeating: 1, count: 10_000_000)) }
        let error = await #expect(throws: DownloadError.self) { try await run(server) }
        guard case .wrongLength(_, let found, _) = error else {
            return #expect(Bool(false), "\(String(describing: error))")
        }
        #expect(found > 300_000 && found < 1_000_000)
    }

    @Test func refusesLessThanTheFileHasFromAServerThatSaysNoLength() async throws {
        let server = LoopbackServer { _ in WebAnswer(200, [:], Array(bytes.dropLast())) }
        await expect(.wrongLength(address(of: server), found: 299_999, expected: 300_000...300_000), from: server)
        #expect(try names() == [])
    }

    // MARK: Trouble

    @Test func endsAConnectionThatStalls() async throws {
        let server = LoopbackServer { .file(bytes, tag: tag, to: $0, fault: .stalls(after: 5000)) }
        await expectBreak(of: server)
        #expect(try contents(of: part) == Array(bytes.prefix(5000)))
    }

    @Test func saysThatNobodyIsThere() async throws {
        let error = await #expect(throws: DownloadError.self) {
            try await download(address(of: LoopbackServer { _ in WebAnswer(404) }), retries: 0).run()
        }
        guard case .noConnection(_, _, true) = error else {
            return #expect(Bool(false), "\(String(describing: error))")
        }
    }

    @Test func keepsWhatHasComeWhenItIsCancelled() async throws {
        let server = LoopbackServer { .file(bytes, tag: tag, to: $0, fault: .stalls(after: 5000)) }
        let (events, continuation) = AsyncStream.makeStream(of: DownloadEvent.self)
        let download = download(address(of: server), seconds: 60)
        let task = Task { try await download.run { continuation.yield($0) } }
        for await event in events where event == .received(5000) { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try contents(of: part) == Array(bytes.prefix(5000)))
        #expect(try names() == ["file.part", "file.part.origin"])
    }

    @Test func isCancelledWhileItWaitsToAskAgain() async throws {
        let server = LoopbackServer { _ in WebAnswer(503) }
        var download = download(address(of: server))
        download.patience.pause = 3600
        let (events, continuation) = AsyncStream.makeStream(of: DownloadEvent.self)
        let task = Task { [download] in try await download.run { continuation.yield($0) } }
        for await event in events { if case .retrying = event { break } }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func fetchesOnceForTwoWhoWantTheSame() async throws {
        let gate = DispatchSemaphore(value: 0)
        let server = LoopbackServer { request in
            gate.wait()
            return .file(bytes, tag: tag, to: request)
        }
        try await withThrowingTaskGroup { group in
            for _ in 0..<2 {
                group.addTask { try await run(server) { if $0 == .waiting { gate.signal() } } }
            }
            try await group.waitForAll()
        }
        #expect(server.requests.count == 1)
        #expect(try contents(of: target) == bytes)
        #expect(try names() == ["file"])
    }

    @Test(.enabled(if: SmallDisk.canBeMade, "only root can mount a small disk"))
    func saysThatTheDiskIsFullAndKeepsWhatFits() async throws {
        let disk = try #require(SmallDisk(at: folder.appending("disk"), kilobytes: 100))
        let download = download(address(of: server), to: disk.path.appending("file"))
        let error = await #expect(throws: DownloadError.self) { try await download.run() }
        #expect(error == .unwritable(disk.path.appending("file.part"), .noSpace))
        #expect(error?.description.contains("the disk is full") == true)
        #expect(try !contents(of: disk.path.appending("file.part")).isEmpty)
    }

    @Test func saysWhatCannotBeWritten() async throws {
        let nowhere = FilePath("/dev/null/file")
        let error = await #expect(throws: DownloadError.self) {
            try await download(address(of: server), to: nowhere).run()
        }
        #expect(error == .unwritable("/dev/null/file.part", .notDirectory))
    }
}

/// What is fetched; no part of it is like the next.
private let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
private let tag = "\"v1\""

extension DownloadTests {
    private var target: FilePath { folder.appending("file") }
    private var part: FilePath { folder.appending("file.part") }

    private func address(of server: LoopbackServer) -> WebAddress { WebAddress("\(server.address)/file")! }

    private func download(
        _ address: WebAddress, to target: FilePath? = nil, digest: String? = nil, retries: Int = 2, seconds: Int = 1
    ) -> Download {
        var patience = Patience()
        (patience.pause, patience.retries, patience.seconds) = (0.001, retries, seconds)
        let expected = ExpectedFile(
            sizes: bytes.count...bytes.count, sha256: digest ?? SHA256Digest(of: bytes).description)
        return Download(address, to: target ?? self.target, expecting: expected, patience: patience)
    }

    private func run(
        _ server: LoopbackServer, digest: String? = nil,
        telling tell: @escaping @Sendable (DownloadEvent) -> Void = { _ in }
    ) async throws {
        try await download(address(of: server), digest: digest, seconds: 10).run(telling: tell)
    }

    @discardableResult
    private func expect(_ expected: DownloadError, from server: LoopbackServer) async -> DownloadError? {
        let error = await #expect(throws: DownloadError.self) { try await run(server) }
        #expect(error == expected)
        return error
    }

    private func expectBreak(of server: LoopbackServer, retries: Int = 0) async {
        let address = address(of: server)
        let error = await #expect(throws: DownloadError.self) {
            try await download(address, retries: retries).run()
        }
        guard case .noConnection(address, _, true) = error else {
            return #expect(Bool(false), "\(String(describing: error))")
        }
    }

    /// What an earlier run left.
    private func leavePart(_ bytes: [UInt8], validator: String, of server: LoopbackServer) throws {
        try folder.write(bytes, to: "file.part")
        try folder.write(Array("\(address(of: server))\n\(validator)\n".utf8), to: "file.part.origin")
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path.string).sorted()
    }
}

/// What happened in other threads.
private final class Recorder<Event: Sendable>: Sendable {
    private let events = Mutex<[Event]>([])

    var all: [Event] { events.withLock(\.self) }

    /// Returns how many there are now.
    @discardableResult
    func add(_ event: Event) -> Int {
        events.withLock {
            $0.append(event)
            return $0.count
        }
    }
}
