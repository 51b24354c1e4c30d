import Foundation
import SystemPackage
import TestSupport
import Testing

/// Requests that mean ill: each is refused with a reason, none ends the server, and none keeps others from being answered.
@Suite(.serialized, .served) struct HostileRequestsTests {
    @Test(arguments: HostileRequest.traversals) func noPathLeadsOutOfTheCatalogue(request: HostileRequest) throws {
        try check(request)
    }

    @Test(arguments: HostileRequest.sizes) func whatIsTooMuchIsRefused(request: HostileRequest) throws {
        try check(request)
    }

    @Test(arguments: HostileRequest.hosts)
    func nobodyIsAnsweredWhoMeansAnotherServer(request: HostileRequest) throws {
        try check(request)
    }

    @Test(arguments: HostileRequest.origins) func noPageOfStrangersIsAnswered(request: HostileRequest) throws {
        try check(request)
    }

    @Test(arguments: HostileRequest.multipart) func bodiesOfSeveralPartsMustBeSound(request: HostileRequest) throws {
        try check(request)
    }

    @Test(arguments: HostileRequest.numbers) func numbersMustBeWithinReason(request: HostileRequest) throws {
        try check(request)
    }

    @Test(arguments: HostileRequest.framing) func whereABodyEndsIsNeverGuessed(request: HostileRequest) throws {
        try check(request)
    }

    @Test(arguments: HostileRequest.protocols) func whatIsNoHTTPIsRefused(request: HostileRequest) throws {
        try check(request)
    }

    @Test(arguments: HostileRequest.photos) func whatIsNoPhotoIsRefused(request: HostileRequest) throws {
        try check(request)
    }

    @Test(.enabled(if: RealPhotos.areThere, "\(RealPhotos.absence)"), arguments: HardPhoto.refused)
    func photosThatBreakProgramsAreRefused(name: String) throws {
        let photo = try HardPhoto(name).bytes
        for path in ["/api/photos", "/api/search"] {
            try check(HostileRequest("\(name) to \(path)", "POST \(path)", body: photo, [.problem(422)]))
        }
    }

    @Test func connectionsThatSayNothingKeepNobodyWaiting() throws {
        let silent = try (0..<100).map { _ in try RawConnection(port: Served.port) }
        for connection in silent.prefix(50) { connection.send(Array("POST /api/photos HTTP/1.1\r\nHost: local".utf8)) }
        try checkThatOthersAreAnswered()
        withExtendedLifetime(silent) {}
    }

    @Test func whoLeavesBeforeTheAnswerKeepsNobodyWaiting() throws {
        for _ in 0..<100 {
            try RawConnection(port: Served.port).send(HostileRequest.search().bytes)
            try RawConnection(port: Served.port).send(HostileRequest("leaving", "GET /api/refresh", []).bytes)
        }
        try checkThatOthersAreAnswered()
    }

    @Test func manyAtOnceAreAllAnswered() throws {
        let connections = try (0..<100).map { _ in try RawConnection(port: Served.port) }
        for connection in connections { connection.send(HostileRequest.search().bytes) }
        let statuses = try connections.map { try $0.answer()?.status }
        #expect(statuses.allSatisfy { $0 == 200 || $0 == 429 })
        try checkThatOthersAreAnswered()
    }

    private func check(_ request: HostileRequest) throws {
        let connection = try RawConnection(port: Served.port)
        connection.send(request.bytes)
        if request.endsSending { connection.endSending() }
        let answer = try connection.answer()
        let fate = Fate(answer)
        #expect(request.expected.contains(fate), "\(request.name): \(fate)")
        if case .problem = fate, let answer { try checkDetail(of: answer, to: request) }
        try checkThatOthersAreAnswered()
    }

    private func checkDetail(of answer: RawAnswer, to request: HostileRequest) throws {
        let problem = try JSONDecoder().decode(ProblemDocument.self, from: Data(answer.body))
        #expect(problem.status == answer.status)
        #expect(!problem.detail.isEmpty)
        let told = problem.paths.filter { !request.mentions($0) }
        #expect(told.isEmpty, "\(request.name): \(problem.detail)")
    }

    private func checkThatOthersAreAnswered() throws {
        for request in [HostileRequest("health", "GET /health", []), .search()] {
            let connection = try RawConnection(port: Served.port)
            connection.send(request.bytes)
            #expect(try connection.answer()?.status == 200, "\(request.name) afterwards")
        }
    }
}

/// One server for all tests of a suite.
private struct Served: SuiteTrait, TestScoping {
    @TaskLocal static var port: UInt16 = 0

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let served = try ServedBench(photos: 4)
        try await Self.$port.withValue(served.port) { try await function() }
        #expect(served.server.isRunning)
        let failures = try served.server.messages.split(separator: "\n").filter { $0.contains(/"status":"?500/) }
        #expect(failures.isEmpty, "what is wrong with a request is no fault of the server")
    }
}

extension Trait where Self == Served {
    fileprivate static var served: Served { Served() }
}

/// What a request gets.
private enum Fate: Hashable {
    case answer(Int)
    /// With a document that says what is wrong.
    case problem(Int)
    /// Refused before anybody could say what is wrong with it.
    case bare(Int)
    case closed

    init(_ answer: RawAnswer?) {
        guard let answer else {
            self = .closed
            return
        }
        let isProblem = answer.fields["content-type"] == "application/problem+json"
        let isBare = answer.status >= 400 && answer.body.isEmpty
        self = isProblem ? .problem(answer.status) : isBare ? .bare(answer.status) : .answer(answer.status)
    }
}

private struct ProblemDocument: Decodable {
    let status: Int
    let detail: String

    /// What in the sentence looks like a path of this machine.
    var paths: [Substring] {
        detail.split { $0.isWhitespace || "“”‘’\"".contains($0) }.filter { $0.hasPrefix("/") && !$0.hasPrefix("/api/") }
    }
}

/// What somebody sends who means ill, and what may come of it.
struct HostileRequest: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    /// Whether nothing can come after it.
    let endsSending: Bool
    fileprivate let expected: [Fate]

    var testDescription: String { name }

    fileprivate init(_ name: String, bytes: [UInt8], endsSending: Bool = false, _ expected: [Fate]) {
        (self.name, self.bytes, self.endsSending, self.expected) = (name, bytes, endsSending, expected)
    }

    /// Sound but for what it says; a body comes with its length, and is followed by `rest`.
    fileprivate init(
        _ name: String, _ line: String, host: String? = "localhost", fields: [String] = [], body: [UInt8]? = nil,
        rest: String = "", endsSending: Bool = false, _ expected: [Fate]
    ) {
        var lines = ["\(line) HTTP/1.1"]
        if let host { lines.append("Host: \(host)") }
        if let body { lines.append("Content-Length: \(body.count)") }
        let head = (lines + fields + ["", ""]).joined(separator: "\r\n")
        let bytes = Array(head.utf8) + (body ?? []) + Array(rest.utf8)
        self.init(name, bytes: bytes, endsSending: endsSending, expected)
    }

    /// Whether it names a path itself.
    fileprivate func mentions(_ path: Substring) -> Bool {
        let text = String(decoding: bytes.prefix(100_000), as: UTF8.self)
        let path = path.trimmingCharacters(in: CharacterSet(charactersIn: ".,:;"))
        return text.contains(path) || text.removingPercentEncoding?.contains(path) ?? false
    }
}

/// A photo of the archive of hostile and odd files.
private struct HardPhoto {
    static let refused = [
        "04_sizes/bomb_30000x30000_gray8.png", "04_sizes/bomb_30000x30000_1bit.png",
        "04_sizes/bomb_16000x16000_rgb.png", "04_sizes/lying_100000x100000.png", "04_sizes/lying_2147483647.png",
        "04_sizes/lying_65500x65500.jpg", "04_sizes/lying_65535.gif", "04_sizes/zero_width.png",
        "05_broken/truncated_10pct.jpg", "05_broken/bad_crc_idat.png", "05_broken/header_only.jpg",
        "05_broken/zip_named.jpg", "05_broken/pdf_named.jpg", "05_broken/elf_named.jpg", "01_formats/vector.svg",
    ]

    let bytes: [UInt8]

    init(_ name: String) throws {
        let (unpacking, output) = (Process(), Pipe())
        unpacking.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        unpacking.arguments = ["tar", "-xzOf", RealPhotos.photo("hard/hard.tar.gz").string, "hard/\(name)"]
        unpacking.standardOutput = output
        try unpacking.run()
        bytes = Array(try output.fileHandleForReading.readToEnd() ?? Data())
        unpacking.waitUntilExit()
        try #require(unpacking.terminationStatus == 0)
    }
}

extension HostileRequest {
    private static let id = String(repeating: "0", count: 32)

    private static func get(_ target: String, _ expected: Fate...) -> HostileRequest {
        HostileRequest("\(target.prefix(60))", "GET \(target)", expected)
    }

    /// For a photo that is there, with more parameters.
    fileprivate static func search(_ parameters: String = "k=3", _ expected: Fate...) -> HostileRequest {
        HostileRequest("\(parameters.prefix(60))", "POST /api/search?\(parameters)", body: Swatch(1).png, expected)
    }

    private static func json(_ text: String, named name: String, _ expected: Fate...) -> HostileRequest {
        HostileRequest(name, "POST /api/roots", fields: kind("application/json"), body: Array(text.utf8), expected)
    }

    private static func kind(_ type: String) -> [String] { ["Content-Type: \(type)"] }

    private static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
}

extension HostileRequest {
    fileprivate static let traversals: [HostileRequest] =
        photosElsewhere + foldersElsewhere + [
            get("/api/photos?folder=/etc%00", .problem(400), .problem(404)),
            get("/api/photos?folder=%ff%fe", .problem(400)),
            get("/api/photos?after=../../etc/passwd", .problem(400)),
            get("/api/photos?after=%00", .problem(400)),
            search("only=../../*", .answer(200)), search("only=/etc/*", .answer(200)),
            search("folder=/etc", .problem(404)), search("model=../../../etc/passwd", .problem(409)),
            search("photo=../../etc/passwd", .problem(400)), search("query=/etc/passwd", .problem(400)),
            json(#"{"path":"../etc"}"#, named: "a root that is relative", .problem(400)),
            json(#"{"path":"/nowhere"}"#, named: "a root that is nowhere", .problem(400)),
            json(#"{"path":"/etc/passwd"}"#, named: "a root that is a file", .problem(400)),
            // C would take it for a shorter path, of a folder that there is.
            json(#"{"path":"/dev\u0000/nowhere"}"#, named: "a root with a zero byte", .problem(400)),
        ]

    private static let photosElsewhere: [HostileRequest] = [
        "/../../etc/passwd", "//etc/passwd", "/app.js/../../etc/passwd", "/app.js%00.txt", "/%2e%2e/%2e%2e/etc/passwd",
        "/api/photos/../../../etc/passwd", "/api/photos//etc/passwd", "/api/photos/%2fetc%2fpasswd/image",
        "/api/photos/%2e%2e%2f%2e%2e%2fetc%2fpasswd/image", "/api/photos/%252e%252e%252fetc%252fpasswd/image",
        "/api/photos/..%2f..%2fetc%2fpasswd", #"/api/photos/..\..\etc"#, "/api/photos/..%5c..%5cetc/thumbnail",
        "/api/photos/%00", "/api/photos/\(id)%00/image", "/api/photos/%c0%ae%c0%ae%c0%afetc",
        "/api/photos/%ff%fe/image", "/api/photos/file%3a%2f%2f%2fetc%2fpasswd/image",
    ].map { target in get(target, .problem(404)) }

    private static let foldersElsewhere: [HostileRequest] = [
        "/etc", "..", "../../etc", "shop/../../..", "/proc/self/cwd", "/proc/self/root", "~", "",
    ].map { folder in get("/api/photos?folder=\(folder)", .problem(404)) }
}

extension HostileRequest {
    fileprivate static let sizes: [HostileRequest] = bodies + parameters + heads

    private static let bodies: [HostileRequest] = [
        HostileRequest(
            "a body that would be too large", "POST /api/photos", fields: ["Content-Length: 20000001"],
            [.problem(413)]),
        HostileRequest(
            "a body that would be far too large", "POST /api/search", fields: ["Content-Length: 999999999999999999"],
            [.problem(413)]),
        HostileRequest(
            "a length beyond all numbers", "POST /api/photos", fields: ["Content-Length: 99999999999999999999999"],
            [.bare(400)]),
        chunks(
            "a body that grows too large", String(21_000_000, radix: 16) + "\r\n" + repeated("a", 21_000_000) + "\r\n",
            .problem(413), .closed),
        HostileRequest(
            "a body of nothing but a", "POST /api/search", body: Array(repeating: 0x61, count: 15_000_000),
            [.problem(422)]),
        json(repeated("[", 60_000), named: "JSON that is deep", .problem(400)),
        json(repeated(" ", 70_000), named: "JSON that is long", .problem(413)),
    ]

    private static let parameters: [HostileRequest] = [
        get("/api/photos/" + repeated("a", 70_000), .problem(404)),
        get("/api/photos?folder=" + repeated("/a", 30_000), .problem(400), .problem(404)),
        search("query=" + repeated("\(id)%20%2B%20", 999) + id, .problem(400)),
        search("query=" + repeated("a@", 35_000), .problem(400)),
        search("only=" + repeated("*a", 35_000), .answer(200), .problem(400)),
        search("only=" + repeated("[", 70_000), .answer(200), .problem(400)),
        search(repeated("only=x*y*z&", 6000), .answer(200), .problem(400)),
        search("match=" + repeated("x", 70_000), .problem(400)),
        search("region=" + repeated(",", 70_000), .problem(400)),
    ]

    private static let heads: [HostileRequest] = [
        HostileRequest(
            "many fields", "GET /health", fields: (0..<10_000).map { "X\($0): y" }, [.bare(400), .closed]),
        HostileRequest(
            "a long field", "GET /health", fields: ["X: " + repeated("y", 1_000_000)], [.bare(400), .closed]),
        HostileRequest(
            "a long name of a field", "GET /health", fields: [repeated("y", 1_000_000) + ": x"],
            [.bare(400), .closed]),
        HostileRequest("a long line", "GET /" + repeated("a", 1_000_000), [.bare(400), .closed]),
    ]
}

extension HostileRequest {
    fileprivate static let hosts: [HostileRequest] =
        otherHosts + [
            HostileRequest("no Host", "GET /api/roots", host: nil, [.problem(403)]),
            HostileRequest(
                "another Host behind the own one", "GET /api/roots", fields: ["Host: evil.example"],
                [.problem(400), .problem(403)]),
            HostileRequest(
                "another Host before the own one", "GET /api/roots", host: "evil.example", fields: ["Host: localhost"],
                [.problem(400), .problem(403)]),
            HostileRequest(
                "the own address and another Host", "GET http://localhost/api/roots", host: "evil.example",
                [.problem(403)]),
            HostileRequest("a field of HTTP/2", "GET /api/roots", fields: [":authority: evil.example"], [.bare(400)]),
            get("file:///etc/passwd", .problem(403), .problem(404)),
        ]

    private static let otherHosts: [HostileRequest] = [
        "evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "127.1", "2130706433", "0x7f000001", "0.0.0.0",
        "user@localhost", "localhost@evil.example", "localhost:port", "localhost/", "localhost, evil.example", "[::1",
        "::1", "", repeated("a", 60_000),
    ].map { host in HostileRequest("Host: \(host.prefix(40))", "GET /api/roots", host: host, [.problem(403)]) }

    fileprivate static let origins: [HostileRequest] =
        otherOrigins + [
            HostileRequest(
                "leave to ask", "OPTIONS /api/roots",
                fields: ["Origin: http://evil.example", "Access-Control-Request-Method: POST"], [.problem(403)]),
            HostileRequest(
                "a form", "POST /api/refresh", fields: ["Origin: http://evil.example"], body: [], [.problem(403)]),
            HostileRequest("an end", "DELETE /api/refresh", fields: ["Origin: http://evil.example"], [.problem(403)]),
            HostileRequest(
                "a picture", "GET /api/photos/\(id)/image", fields: ["Sec-Fetch-Site: cross-site"], [.problem(403)]),
        ]

    private static let otherOrigins: [HostileRequest] = [
        "Origin: http://evil.example", "Origin: null", "Origin: ", "Origin: http://localhost:1",
        "Origin: http://localhost.evil.example", "Origin: ftp://localhost", "Origin: file://",
        "Origin: http://localhost\r\nOrigin: http://evil.example", "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate",
    ].map { field in HostileRequest(field.debugDescription, "GET /api/roots", fields: [field], [.problem(403)]) }
}

extension HostileRequest {
    fileprivate static let multipart: [HostileRequest] = ofOtherKinds + soundParts + brokenParts

    private static let ofOtherKinds: [HostileRequest] = [
        parts("no boundary", [photo], type: "multipart/form-data", .problem(415)),
        parts("an empty boundary", [photo], type: "multipart/form-data; boundary=", .problem(415)),
        parts(
            "a long boundary", [photo], type: "multipart/form-data; boundary=" + repeated("b", 1000), .problem(415)),
        parts("parts of no form", [photo], type: "multipart/mixed; boundary=\(boundary)", .problem(415)),
        parts("a form in a line", [], type: "application/x-www-form-urlencoded", .problem(415)),
        parts("a page", [], type: "text/html", .problem(415)),
        HostileRequest("a folder as text", "POST /api/roots", fields: kind("text/plain"), body: [65], [.problem(415)]),
    ]

    private static let soundParts: [HostileRequest] = [
        parts("too many parts", (0..<10_000).map { part("p\($0)", "x") }, .problem(400)),
        parts("parts in a part", [file("photo", "--inner\r\n\r\nx\r\n--inner--")], .problem(422)),
        parts("no part", [], .problem(400)),
        parts("a field that nobody knows", [photo, part("nobody", "1")], .problem(400)),
        parts("a number that is none", [photo, part("k", "nan")], .problem(400)),
        parts("a field twice", [photo, part("k", "1"), part("k", "2")], .problem(400)),
        parts("a long query", [photo, part("query", repeated("a@", 500_000))], .problem(400)),
        parts("a long name", [photo, part(repeated("n", 7000), "1")], .problem(400)),
        parts("several photos and no query", [photo, file("other", "x")], .problem(400)),
        parts("a path for a name", [file("../../etc/passwd", "x")], .problem(422)),
    ]

    private static let brokenParts: [HostileRequest] = [
        parts("a part without a name", ["Content-Disposition: form-data\r\n\r\nx"], .problem(400)),
        parts("a part without a head", ["\r\nx"], .problem(400)),
        parts("a part without an end of its head", ["X: y"], .problem(400)),
        parts("a part with a long head", ["X: " + repeated("y", 1_000_000) + "\r\n\r\nx"], .problem(400)),
        form("no boundary in the body", repeated("hello", 1000), .problem(400)),
        form("a body that breaks off", "--\(boundary)\r\n" + photo, .problem(400)),
        form("a boundary alone", "--\(boundary)", .problem(400)),
        form("boundaries with nothing between", "--\(boundary)\r\n--\(boundary)--", .problem(400)),
        form("what is nearly a boundary", repeated("\r\n--boundarx", 400_000), .problem(400)),
    ]

    private static let boundary = "boundary"
    private static let photo = file("photo", "no photo")

    private static func part(_ name: String, _ value: String) -> String {
        "Content-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)"
    }

    private static func file(_ name: String, _ text: String) -> String {
        "Content-Disposition: form-data; name=\"\(name)\"; filename=\"\(name)\"\r\n\r\n\(text)"
    }

    private static func parts(
        _ name: String, _ parts: [String], type: String = "multipart/form-data; boundary=\(boundary)",
        _ expected: Fate...
    ) -> HostileRequest {
        let body = parts.map { "--\(boundary)\r\n\($0)\r\n" }.joined() + "--\(boundary)--\r\n"
        return HostileRequest(name, "POST /api/search", fields: kind(type), body: Array(body.utf8), expected)
    }

    private static func form(_ name: String, _ body: String, _ expected: Fate...) -> HostileRequest {
        let type = kind("multipart/form-data; boundary=\(boundary)")
        return HostileRequest(name, "POST /api/search", fields: type, body: Array(body.utf8), expected)
    }
}

extension HostileRequest {
    fileprivate static let numbers: [HostileRequest] = ofSearches + hugeRegions + ofOtherRoutes

    private static let ofSearches: [HostileRequest] = [
        "k=9999999999999999999", "k=-1", "k=0", "k=1e3", "k=0x10", "k=", "k=1&k=2", "above=nan", "above=inf",
        "above=1e400", "recall=nan", "recall=-1", "share=nan&metric=colour-emd",
        "candidates=2001&metric=colour-emd", "region=nan,0,1,1", "region=0,0,nan,nan", "region=inf,0,1,1",
        "region=-1,-1,2,2", "region=0,0,0,0", "region=,,,", "region=1,2,3", "since=0000-00-00", "since=9999-99-99",
        "since=999999999999-01-01", "colour=%23GGGGGG", "colour=%00", "always=maybe", "metric=x", "type=x",
        "unknown=1", "query=0:\(id)", "query=nan:\(id)", "query=\(id)%40nan,0,1,1", "query=%22",
        "query=\(id)&photo=\(id)",
    ].map { parameters in search(parameters, .problem(400)) }

    /// What lies beyond the photo's edge is not there.
    private static let hugeRegions: [HostileRequest] = [
        "region=1e308,1e308,1e308,1e308", "region=0,0,1e308,1", "region=0,0,99999999999999999999,1",
        "region=99999,99999,5,5", "region=0,0,1e-320,1e-320",
    ].map { parameters in search(parameters, .answer(200), .problem(400)) }

    private static let ofOtherRoutes: [HostileRequest] = [
        "/api/photos?limit=0", "/api/photos?limit=-1", "/api/photos?limit=99999999999999999999",
        "/api/photos?limit=1&limit=2", "/api/photos?=", "/api/photos?%zz=1", "/api/photos?limit=%",
        "/api/photos/\(id)/thumbnail?size=161", "/api/photos/\(id)/thumbnail?size=99999999999999999999",
        "/api/skipped?limit=1e9", "/api/duplicates?above=nan",
    ].map { target in get(target, .problem(400)) }
}

extension HostileRequest {
    fileprivate static let framing: [HostileRequest] =
        contradictions + unreadableChunks + [
            HostileRequest(
                "a transfer that nobody knows", "POST /api/photos", fields: ["Transfer-Encoding: gzip"], rest: "hello",
                [.problem(400), .bare(400)]),
            HostileRequest(
                "a body that is shorter than it says", "POST /api/photos", fields: ["Content-Length: 100"],
                rest: "abc", endsSending: true, [.problem(400), .problem(503), .closed]),
            HostileRequest(
                "a body that is longer than it says", "POST /api/photos", body: [65, 66, 67], rest: "rest\r\n\r\n",
                [.problem(422)]),
            // Whoever ends sending may have gone.
            HostileRequest(
                "an end of sending", bytes: search().bytes, endsSending: true,
                [.answer(200), .problem(503), .closed]),
        ]

    private static let contradictions: [HostileRequest] = [
        "Content-Length: -5", "Content-Length: +5", "Content-Length: 0x5", "Content-Length: 5, 5",
        "Content-Length: 5\r\nContent-Length: 6", "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 5", "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding : chunked",
    ].map { fields in
        HostileRequest(
            fields.debugDescription, "POST /api/photos", fields: [fields],
            rest: "0\r\n\r\nGET /health HTTP/1.1\r\n\r\n", [.bare(400)])
    }

    private static let unreadableChunks: [HostileRequest] = [
        "xyz\r\n", "-5\r\nhello\r\n", "0x5\r\nhello\r\n", " 5\r\nhello\r\n", "FFFFFFFFFFFFFFFFF\r\nx", "5\r\nhelloXX",
    ].map { text in chunks("a chunk \(text.debugDescription)", text, .problem(400)) }

    /// With an end behind what are no chunks, perhaps.
    private static func chunks(_ name: String, _ text: String, _ expected: Fate...) -> HostileRequest {
        let fields = ["Transfer-Encoding: chunked"]
        return HostileRequest(name, "POST /api/photos", fields: fields, rest: text + "0\r\n\r\n", expected)
    }
}

extension HostileRequest {
    fileprivate static let protocols: [HostileRequest] =
        unknownMethods + methodsElsewhere + wrongMethods + brokenFields + brokenTargets + otherProtocols + [
            HostileRequest("HTTP/0.9", bytes: Array("GET /health\r\n".utf8), endsSending: true, [.bare(400), .closed]),
            HostileRequest("half a line", bytes: Array("GET /hea".utf8), endsSending: true, [.bare(400), .closed]),
            HostileRequest("nothing", bytes: [], endsSending: true, [.closed]),
            HostileRequest("TLS", bytes: tlsHello, [.bare(400)]),
            HostileRequest("zeros", bytes: Array(repeating: 0, count: 10_000), [.bare(400), .closed]),
        ]

    private static let unknownMethods: [HostileRequest] = ["FOO", "get", "G\tET", repeated("A", 1000)].map { method in
        HostileRequest("the method \(method.prefix(20).debugDescription)", "\(method) /api/roots", [.bare(400)])
    }

    private static let methodsElsewhere: [HostileRequest] = [
        "TRACE /api/roots", "PROPFIND /api/roots", "CONNECT evil.example:443", "OPTIONS *",
    ].map { line in HostileRequest(line, line, [.problem(404), .problem(405)]) }

    private static let wrongMethods: [HostileRequest] = ["PUT", "PATCH", "DELETE", "OPTIONS"].map { method in
        HostileRequest("the method \(method)", "\(method) /api/roots", [.problem(405)])
    }

    private static let brokenFields: [HostileRequest] = [
        "X: a\0b", "X: a\u{1B}b", "X: a\r\n b", "nonsense", ": x", "X Y: x",
    ].map { field in
        HostileRequest("the field \(field.debugDescription)", "GET /health", fields: [field], [.bare(400)])
    }

    private static let brokenTargets: [HostileRequest] = ["/a b", "/\u{1}", "/日本"].map { target in
        HostileRequest("the target \(target.debugDescription)", "GET \(target)", [.bare(400)])
    }

    private static let otherProtocols: [HostileRequest] = [
        "GET /health HTTP/1.1\nHost: localhost\n\n", "GET /health HTTP/2.0\r\nHost: localhost\r\n\r\n",
        "GET /health HTTP/3.7\r\nHost: localhost\r\n\r\n", "GET /health http/1.1\r\nHost: localhost\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "SSH-2.0-OpenSSH_9\r\n", "*1\r\n$4\r\nPING\r\n",
        "OPTIONS sip:x SIP/2.0\r\n\r\n",
    ].map { text in HostileRequest(text.debugDescription, bytes: Array(text.utf8), [.bare(400)]) }

    /// How a client begins that wants encryption (RFC 8446, sections 4.1.2 and 5.1), as far as anybody looks.
    private static let tlsHello: [UInt8] =
        [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03] + Array(repeating: 0x5A, count: 501)
}

extension HostileRequest {
    fileprivate static let photos: [HostileRequest] =
        texts + [
            upload("nothing", [], .problem(400)),
            upload("one byte", [0xFF], .problem(422)),
            upload("the start of a JPEG", [0xFF, 0xD8, 0xFF], .problem(422)),
            upload("a PNG that is cut short", Swatch(1, width: 64, height: 64).png.dropLast(2000), .problem(422)),
            upload("a GIF of four gigapixels", gif(width: 65535, height: 65535)[...], .problem(422)),
            upload("an archive", [0x50, 0x4B, 0x03, 0x04] + Array(repeating: 0, count: 1000), .problem(422)),
            upload("a program", [0x7F, 0x45, 0x4C, 0x46] + Array(repeating: 0, count: 1000), .problem(422)),
        ]

    private static let texts: [HostileRequest] = [
        "P6 65535 65535 255\n", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "%PDF-1.7\n1 0 obj\n",
        "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>",
        "<!doctype html><script>alert(1)</script>", "#!/bin/sh\nid\n",
    ].map { text in upload("\(text.prefix(30).debugDescription)", Array(text.utf8)[...], .problem(422)) }

    private static func upload(_ name: String, _ photo: ArraySlice<UInt8>, _ expected: Fate...) -> HostileRequest {
        HostileRequest(name, "POST /api/photos", fields: kind("image/jpeg"), body: Array(photo), expected)
    }

    /// A header that claims a size, and a picture of it with no pixels (GIF89a, sections 18 and 20).
    private static func gif(width: UInt16, height: UInt16) -> [UInt8] {
        let size = [width, height].flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        return Array("GIF89a".utf8) + size + [0, 0, 0, 0x2C, 0, 0, 0, 0] + size + [0, 8, 0, 0x3B]
    }
}
