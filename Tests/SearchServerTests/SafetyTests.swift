import Foundation
import HTTPTypes
import SystemPackage
import TestSupport
import Testing

@testable import SearchServer

@Suite struct HostCheckTests {
    @Test(arguments: [
        ("localhost", "localhost"), ("LocalHost:8080", "localhost"), ("127.0.0.1:1", "127.0.0.1"),
        ("[::1]:80", "[::1]"),
        ("[::1]", "[::1]"),
    ])
    func readsTheNameOfAnAuthority(authority: String, name: String) {
        #expect(HostCheck.name(ofAuthority: authority) == name)
    }

    @Test(arguments: ["localhost:8080x", "localhost:-1", "[::1]x", "user@localhost:80:80"])
    func takesNothingElseForAName(authority: String) {
        let name = HostCheck.name(ofAuthority: authority)
        #expect(name == nil || name != "localhost")
    }

    @Test(arguments: ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "", "192.168.0.1"])
    func answersNobodyWhoMeansAnotherServer(host: String) async throws {
        let bench = try await ServerBench(photos: 0)
        #expect(try await bench.ask(.get, "/health", host: host).status == 403)
    }

    @Test func answersByTheNamesThatItIsGiven() async throws {
        var configuration = ServerConfiguration()
        configuration.hostNames = ["Shop.example"]
        let bench = try await ServerBench(photos: 0, configuration: configuration)
        #expect(try await bench.ask(.get, "/health", host: "shop.example:80").status == 200)
        #expect(try await bench.ask(.get, "/health", host: nil).status == 403)
    }
}

@Suite struct OriginCheckTests {
    private func ask(_ fields: HTTPFields, allowing: [String] = [], _ method: HTTPRequest.Method = .get) async throws
        -> Answer
    {
        var configuration = ServerConfiguration()
        configuration.allowedOrigins = allowing
        return try await ServerBench(photos: 0, configuration: configuration)
            .ask(method, "/api/roots", fields, host: "localhost:8080")
    }

    @Test(arguments: [
        "http://evil.example", "null", "http://localhost", "http://localhost:8081", "https://localhost.evil:8080",
    ])
    func answersNoPageOfStrangers(origin: String) async throws {
        #expect(try await ask([.origin: origin]).status == 403)
    }

    @Test func answersItsOwnPage() async throws {
        let own = try await ask([.origin: "http://localhost:8080", .secFetchSite: "same-origin"])
        #expect(own.status == 200 && own.fields[.accessControlAllowOrigin] == nil)
    }

    @Test func answersNoPictureThatAStrangersPageShows() async throws {
        #expect(try await ask([.secFetchSite: "cross-site"]).status == 403)
        #expect(try await ask([.secFetchSite: "same-site", .secFetchMode: "no-cors"]).status == 403)
        #expect(try await ask([.secFetchSite: "none"]).status == 200)
    }

    @Test func answersOriginsThatAreNamed() async throws {
        let allowed = ["https://shop.example"]
        let answer = try await ask([.origin: allowed[0]], allowing: allowed)
        #expect(answer.status == 200 && answer.fields[.accessControlAllowOrigin] == allowed[0])
        let preflight = try await ask([.origin: allowed[0]], allowing: allowed, .options)
        #expect(preflight.status == 204 && preflight.fields[.accessControlAllowMethods]?.contains("POST") == true)
        #expect(try await ask([.origin: "https://other.example"], allowing: allowed).status == 403)
    }
}

@Suite struct TokenCheckTests {
    private static let token = "a token that is long enough"

    private func bench() async throws -> ServerBench {
        var configuration = ServerConfiguration()
        configuration.token = AccessToken(Self.token)
        return try await ServerBench(photos: 1, configuration: configuration)
    }

    @Test(arguments: ["/api/status", "/metrics", "/api/roots", "/api/photos", "/nowhere"])
    func answersNobodyWithoutTheToken(path: String) async throws {
        let answer = try await bench().ask(.get, path)
        #expect(answer.status == 401 && answer.fields[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
    }

    @Test(arguments: ["/", "/app.js", "/style.css", "/health", "/api/openapi.json"])
    func showsWhatHoldsNoSecret(path: String) async throws {
        #expect(try await bench().ask(.get, path).status == 200)
    }

    @Test(arguments: ["", "Bearer", "Bearer ", "Bearer wrong", "Basic YTpi", "Bearer \(token)x"])
    func takesNoOtherToken(field: String) async throws {
        #expect(try await bench().ask(.get, "/api/status", [.authorization: field]).status == 401)
    }

    @Test func takesTheTokenAndACookieForIt() async throws {
        let bench = try await bench()
        let bearer: HTTPFields = [.authorization: "Bearer \(Self.token)"]
        #expect(try await bench.ask(.get, "/api/status", bearer).status == 200)
        #expect(try await bench.ask(.post, "/api/session").status == 401)
        let session = try await bench.ask(.post, "/api/session", bearer)
        let cookie = try #require(session.fields[.setCookie])
        #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains(Self.token))
        let pair = String(cookie.prefix { $0 != ";" })
        #expect(try await bench.ask(.get, "/api/status", [.cookie: pair]).status == 200)
        #expect(try await bench.ask(.get, "/api/status", [.cookie: pair + "x"]).status == 401)
        #expect(try await bench.ask(.delete, "/api/session", [.cookie: pair]).status == 204)
        #expect(try await bench.ask(.get, "/api/status", [.cookie: pair]).status == 401)
    }
}

@Suite struct AccessTokenTests {
    private let folder = TemporaryFolder()

    private func file(_ text: String, permissions: Int = 0o600) throws -> AccessToken {
        let path = try folder.write(Array(text.utf8), to: "token")
        try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path.string)
        return try AccessToken(in: path)
    }

    @Test func isTheFirstLineOfItsFile() throws {
        let token = try file("  0123456789abcdef\nsecond line\n")
        #expect(token.isSame(as: "0123456789abcdef"))
        #expect(
            !token.isSame(as: "0123456789abcdeg") && !token.isSame(as: "") && !token.isSame(as: "0123456789abcdef0"))
        #expect(!token.isSame(as: "0123456789abcdef0123456789abcdef"))
    }

    @Test func refusesFilesThatKeepNoSecret() {
        #expect(throws: AccessToken.Unusable.self) { try file("too short") }
        #expect(throws: AccessToken.Unusable.self) { try file("") }
        #expect(throws: AccessToken.Unusable.self) { try file("0123456789abcdef", permissions: 0o644) }
        #expect(throws: AccessToken.Unusable.self) { try AccessToken(in: folder.appending("nothing")) }
    }
}
