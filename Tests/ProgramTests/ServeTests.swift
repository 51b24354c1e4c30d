import Foundation
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The program that serves, as its user runs it.
@Suite(.serialized) struct ServeTests {
    private func get(_ served: ServedBench, _ path: String) throws -> [String: Any] {
        let connection = try RawConnection(port: served.port)
        connection.send(Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8))
        let body = try connection.answer()?.body ?? []
        return (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:]
    }

    /// Waits for something that happens in a while.
    private func eventually(_ condition: () throws -> Bool) throws -> Bool {
        for _ in 0..<2400 {
            if try condition() { return true }
            usleep(50_000)
        }
        return false
    }

    @Test func servesItsCatalogueUntilItIsToldToEnd() throws {
        let served = try ServedBench(photos: 3)
        #expect(try get(served, "/api/status")["photos"] as? Int == 3)
        served.server.send(SIGTERM)
        let outcome = try served.server.outcome()
        #expect(outcome.status == 0 && outcome.text.isEmpty)
    }

    @Test func endsAlsoWhileSomebodyFollowsARun() throws {
        let bench = try Workbench(photos: 60)
        let served = try ServedBench(bench)
        for seed in 100..<400 { try bench.put(Swatch(seed, width: 600, height: 600).png, at: "shop/new/\(seed).png") }
        let (following, asking) = (try RawConnection(port: served.port), try RawConnection(port: served.port))
        asking.send(Array("POST /api/refresh HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n".utf8))
        _ = try asking.answer()
        following.send(Array("GET /api/refresh HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8))
        usleep(100_000)
        served.server.send(SIGTERM)
        #expect(try served.server.outcome().status == 0)
    }

    @Test func aWatchedFolderStaysUpToDate() throws {
        let served = try ServedBench(photos: 2, "--watch")
        try served.bench.put(Swatch(50).png, at: "shop/new/late.png")
        #expect(try eventually { try get(served, "/api/status")["photos"] as? Int == 3 })
        try FileManager.default.removeItem(atPath: served.bench.folder.appending("shop").appending("new").string)
        #expect(try eventually { try get(served, "/api/status")["photos"] as? Int == 2 })
    }

    @Test func answersTheProgramsSearchesAsTheProgramDoes() throws {
        let served = try ServedBench(photos: 6)
        let bench = served.bench
        try bench.put(Swatch(40).png, at: "new.png")
        for words in [
            ["new.png"], ["new.png", "shop/2.png", "-k", "3"], ["new.png@0,0,0.5,1", "--above", "0.1"],
            ["new.png + 0.5:shop/1.png - shop/3.png", "--photos", "shop"],
            ["shop/4.png", "--include-self", "--diverse"],
            ["new.png", "--only", "3.png", "--metric", "euclidean", "--since", "2020-01-01"],
        ] as [[Argument]] {
            for format in ["json", "csv", "paths", "table"] as [Argument] {
                let words = ["search"] + words + ["--format", format]
                let asked = try bench.start(words + ["--server", "auto"]).outcome()
                let own = try bench.start(words).outcome()
                #expect(asked.text == own.text && asked.status == own.status && own.status == 0)
            }
        }
        #expect(try served.server.messages.contains("/api/search"))
    }

    @Test func theProgramSearchesItselfWhereNoServerAnswers() throws {
        let served = try ServedBench(photos: 3)
        let ticket = served.bench.folder.appending("catalogue.sqlite.server")
        let attributes = try FileManager.default.attributesOfItem(atPath: ticket.string)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        served.server.send(SIGKILL)
        _ = try served.server.outcome()
        let outcome = try served.bench.run("search", "shop/1.png", "--server", "auto")
        #expect(outcome.status == 0 && FileManager.default.fileExists(atPath: ticket.string))
    }

    @Test func newPhotosAreFoundThroughTheServerToo() throws {
        let served = try ServedBench(photos: 2)
        try served.bench.put(Swatch(60).png, at: "shop/new.png")
        let outcome = try served.bench.run("search", "shop/1.png", "--server", "auto", "--format", "paths")
        #expect(outcome.text.contains("new.png"))
    }

    @Test(
        arguments: [
            (["--address", "0.0.0.0"], "--token-file"), (["--address", "0.0.0.0", "--open"], "--token-file"),
            (["--host-name", "shop.example"], "--token-file"),
            (["--allow-origin", "https://shop.example"], "--token-file"),
            (["--token-file", "none"], "none cannot be read"), (["--port", "99999"], "65535"),
            (["--open", "--token-file", "x"], "contradict"), (["nowhere"], "there is no folder nowhere"),
        ] as [([Argument], String)])
    func saysWhatIsWrongBeforeItServes(words: [Argument], sentence: String) throws {
        let bench = try Workbench(photos: 1)
        let outcome = try bench.start(["serve", "--port", "0"] + words).outcome()
        #expect(outcome.status == 2 && outcome.messages.contains(sentence))
    }

    @Test func aPortThatIsTakenIsSaid() throws {
        let served = try ServedBench(photos: 1)
        let bench = try Workbench(photos: 1)
        let outcome = try bench.start(["serve", "--port", Argument("\(served.port)")]).outcome()
        #expect(outcome.status == 2 && outcome.messages.contains("something listens there already"))
    }
}
