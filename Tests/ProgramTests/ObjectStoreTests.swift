import Foundation
import SystemPackage
import TestSupport
import Testing

/// What users do with photos that lie in an object store.
@Suite struct ObjectStoreTests {
    private let bench = Workbench()
    private let shelf = ObjectShelf()

    init() { for number in 1...5 { shelf.put(Swatch(number).png, at: "new/\(number) ö.png") } }

    private func run(_ words: Argument..., environment: [String: String] = [:]) throws -> ProgramOutcome {
        let options: [Argument] = ["--catalogue", .path(bench.catalogue), "--model", "colour-layout"]
        return try bench.runPlainly(
            words + options, environment: shelf.environment.merging(environment) { $1 })
    }

    @Test func areIndexedSearchedAndForgottenByTheirAddresses() throws {
        let first = try run("index", "s3://shop/new", "--verbose")
        #expect(first.status == 0 && first.text.hasPrefix("5 photos: 5 added"), "\(first.messages)")
        #expect(first.messages.contains("added s3://shop/new/1 ö.png\n"))
        let again = try run("index", "s3://shop/new/", "--verbose")
        #expect(again.text == "5 photos: nothing has changed.\n" && again.work?.read == 0)
        let query = try bench.put(Swatch(3).png, at: "query.png")
        let table = try run("search", .path(query))
        #expect(
            table.status == 0 && table.text.contains(/=   identical +s3:\/\/shop\/new\/3 ö.png\n/), "\(table.text)")
        let csv = try run("search", "s3://shop/new/3 ö.png", "--format", "csv").text
        #expect(csv.contains("\"s3://shop/new/3 ö.png\",1,") && csv.contains(",\"s3://shop/new/1 ö.png\""))
        let paths = try run("search", "s3://shop/new/3 ö.png", "--format", "paths", "-k", "4").text
        #expect(paths.split(separator: "\n").allSatisfy { $0.hasPrefix("s3://shop/new/") })
        let forgotten = try run("forget", "s3://shop/new/1 ö.png", "s3://shop/new")
        #expect(forgotten.text == "s3://shop/new/1 ö.png: 1 photo forgotten\ns3://shop/new: 4 photos forgotten\n")
    }

    @Test func programsAreToldTheAddresses() throws {
        _ = try run("index", "s3://shop/new")
        let answer = try #require(
            try run("search", "s3://shop/new/3 ö.png", "--format", "json").answers.first)
        #expect(answer.identical.map(\.path) == ["s3://shop/new/3 ö.png"])
        #expect(answer.results.allSatisfy { $0.place.path.hasPrefix("s3://shop/new/") } && answer.results.count == 4)
    }

    @Test func areChosenByTheirAddresses() throws {
        shelf.put(Swatch(6).png, at: "new/summer/6.png")
        _ = try run("index", "s3://shop/new")
        let query = try bench.put(Swatch(3).png, at: "query.png")
        let summer = try run("search", .path(query), "--only", "s3://shop/new/summer/*", "--format", "paths").text
        #expect(summer == "s3://shop/new/summer/6.png\n")
        try bench.put(Array("s3://shop/new/2 ö.png\ns3://shop/new/4 ö.png\n".utf8), at: "list.txt")
        let among = try run("search", .path(query), "--among", "list.txt", "--format", "paths").text
        #expect(Set(among.split(separator: "\n")) == ["s3://shop/new/2 ö.png", "s3://shop/new/4 ö.png"])
    }

    /// Another model reads all of them anew.
    @Test(.enabled(if: InstalledModels.areThere, "\(InstalledModels.absence)"))
    func aStoreThatGivesNothingLosesNothing() throws {
        _ = try run("index", "s3://shop/new")
        shelf.give(nothing: true)
        let other = try bench.runPlainly(
            ["index", "s3://shop/new", "--catalogue", .path(bench.catalogue), "--model", "efficientnet-lite0"],
            environment: shelf.environment.merging(["LOOKALIKE_HOME": InstalledModels.folder.string]) { $1 })
        #expect(other.text.hasPrefix("0 photos: 5 skipped"), "\(other.messages)")
        #expect(try run("index", "s3://shop/new").text == "5 photos: nothing has changed.\n")
    }

    @Test func pagesAndSheetsShowThem() throws {
        _ = try run("index", "s3://shop/new")
        let before = shelf.requests.count
        #expect(
            try run("search", "s3://shop/new/3 ö.png", "--no-refresh", "--html", "page.html", "-k", "2").status == 0)
        let page = try String(contentsOfFile: bench.folder.appending("page.html").string, encoding: .utf8)
        #expect(page.contains("s3://shop/new/3 ö.png") && page.components(separatedBy: "data:image/").count >= 3)
        #expect(shelf.requests.count > before)
    }

    @Test(arguments: [
        ("s3://other/new", [:], "s3://other/new is not there"), ("s3://shop/old", [:], "s3://shop/old is not there"),
        (
            "s3://shop/new", ["AWS_ENDPOINT_URL": "ftp://here"],
            "s3://shop/new cannot be asked for: AWS_ENDPOINT_URL, or endpoint_url in ~/.aws/config, is like https://store.example, not ftp://here"
        ),
        (
            "s3://shop/new", ["AWS_PROFILE": "nobody"],
            "s3://shop/new cannot be asked for: neither ~/.aws/config nor ~/.aws/credentials says anything of the profile nobody"
        ),
    ])
    func whatIsWrongIsSaid(folder: String, environment: [String: String], sentence: String) throws {
        let outcome = try run("index", Argument(folder), environment: environment)
        #expect(outcome.status == 2 && outcome.messages == "lookalike: \(sentence)\n", "\(outcome.messages)")
    }

    @Test func aStoreThatIsAwayKeepsNobodyFromSearching() throws {
        _ = try run("index", "s3://shop/new")
        shelf.be(away: true)
        let query = try bench.put(Swatch(3).png, at: "query.png")
        let refused = try run("search", .path(query))
        #expect(refused.status == 2 && refused.messages.contains("s3://shop/new may not be read"))
        #expect(try run("search", .path(query), "--no-refresh").status == 0)
        try bench.put(Swatch(9).png, at: "disk/9.png")
        let mixed = try run("index", "disk", "s3://shop/new")
        #expect(
            mixed.status == 0 && mixed.messages.contains("skipped s3://shop/new: may not be read"), "\(mixed.messages)")
        #expect(mixed.text.hasPrefix("1 photo: 1 added, 1 skipped"))
    }

    @Test func aServerShowsThem() throws {
        _ = try run("index", "s3://shop/new")
        let words: [Argument] = [
            "serve", "--port", "0", "--catalogue", .path(bench.catalogue), "--model", "colour-layout",
        ]
        let server = try Program.lookalike.start(words, environment: shelf.environment, in: bench.folder.path)
        #expect(try server.waitUntilItSays("Serving http://"))
        let messages = try server.messages
        let port = messages[messages.range(of: "Serving http://127.0.0.1:")!.upperBound...].prefix(while: \.isNumber)
        let list = try get("/api/photos?limit=1", port)
        let photo = try #require(
            (try JSONSerialization.jsonObject(with: list) as? [String: Any])?["photos"] as? [[String: Any]])
        #expect(photo.first?["path"] as? String == "s3://shop/new/1 ö.png")
        #expect(photo.first?["folder"] as? String == "s3://shop/new" && photo.first?["name"] as? String == "1 ö.png")
        let id = try #require(photo.first?["photo"] as? String)
        #expect(try [UInt8](get("/api/photos/\(id)/image", port)) == Swatch(1).png)
        #expect(try get("/api/photos/\(id)/thumbnail", port).starts(with: [0xFF, 0xD8]))
        server.send(SIGTERM)
        #expect(try server.outcome().status == 0)
    }

    private func get(_ target: String, _ port: Substring) throws -> Data {
        let connection = try RawConnection(port: try #require(UInt16(port)))
        connection.send(Array("GET \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n".utf8))
        return Data(try #require(try connection.answer()).body)
    }
}
