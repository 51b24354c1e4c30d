import Foundation
import SystemPackage
import TestSupport
import Testing

extension ServedCatalogueTests {
    /// A catalogue that is spread over three machines, and what its users meet when something happens to one of them.
    @Suite(.enabled(if: TestCluster.canBeMade, "needs root, ip and tc")) struct ClusterLinksTests {
        private static let photoCount = 60

        private let cluster: TestCluster
        private let bench: Workbench
        private let folder = TemporaryFolder()

        init() throws {
            cluster = try TestCluster(of: 4, in: folder.appending("servers"))
            bench = try Workbench(photos: Self.photoCount).on(cluster.addresses[0])
            let shards = zip("abc", cluster.addresses.dropFirst()).map { #"{"name": "\#($0)", "address": "\#($1)"}"# }
            let description = #"{"deadline": 2, "shards": [\#(shards.joined(separator: ","))]}"#
            try bench.put(Array(description.utf8), at: "cluster.json")
            _ = try bench.run("index", "shop")
            let outcome = try bench.runPlainly(
                "cluster", "init", "cluster.json", "--catalogue", Argument(cluster.addresses[0]))
            try #require(outcome.status == 0, "\(outcome.messages)")
        }

        private struct Reply {
            let status: Int
            let missing: [String]
            let resultCount: Int
            let detail: String
        }

        /// All photos but the one that is asked with, as far as they are found.
        private func search(_ served: ServedBench, partial: Bool) throws -> Reply {
            let connection = try RawConnection(port: served.port)
            let id = try Self.firstPhoto(of: served)
            let path = "/api/photos/\(id)/similar?k=100&fold=false&always=true&partial=\(partial)"
            connection.send(Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8))
            guard let answer = try connection.answer() else { throw ServedBench.NeverServed(messages: "no answer") }
            let json = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any] ?? [:]
            return Reply(
                status: answer.status, missing: json["missing"] as? [String] ?? [],
                resultCount: (json["results"] as? [Any])?.count ?? 0, detail: json["detail"] as? String ?? "")
        }

        private static func firstPhoto(of served: ServedBench) throws -> String {
            let connection = try RawConnection(port: served.port)
            connection.send(
                Array("GET /api/photos?limit=1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8))
            let body = try connection.answer()?.body ?? []
            let json = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
            return try #require((json?["photos"] as? [[String: Any]])?.first?["photo"] as? String)
        }

        /// Searches at once while a shard is not there, and waits until it is there again for those who asked all the time.
        private func expectAnswers(_ served: ServedBench, without name: String, until mend: () throws -> Void) throws {
            for _ in 0..<3 {
                let partial = try search(served, partial: true)
                #expect(partial.status == 200 && partial.missing == [name], "\(partial)")
                #expect((1..<(Self.photoCount - 1)).contains(partial.resultCount), "\(partial)")
                let whole = try search(served, partial: false)
                #expect(whole.status == 503 && whole.detail.contains("\(name) did not answer"), "\(whole)")
            }
            try mend()
            for _ in 0..<600 {
                let whole = try search(served, partial: false)
                if whole.status == 200 {
                    #expect(whole.missing.isEmpty && whole.resultCount == Self.photoCount - 1, "\(whole)")
                    return
                }
                usleep(100_000)
            }
            Issue.record("\(name) is there again, and nobody sees it")
        }

        @Test func shardsThatAreKilledOrCutOffOrSlowAreToldOfAndComeBack() throws {
            let served = try ServedBench(bench, ["--no-refresh"])
            #expect(try search(served, partial: false).resultCount == Self.photoCount - 1)
            try cluster.happen(.kill, to: 1)
            try expectAnswers(served, without: "a") { try cluster.happen(.start, to: 1) }
            try cluster.happen(.cut, to: 2)
            try expectAnswers(served, without: "b") { try cluster.happen(.mend, to: 2) }
            try cluster.happen(.slow, to: 3)
            try expectAnswers(served, without: "c") { try cluster.happen(.mend, to: 3) }
        }

        @Test func whatIsIndexedWhileAShardIsAwayIsNeitherLostNorDoubled() throws {
            for number in 1...40 { try bench.put(Swatch(1000 + number).png, at: "shop/new/\(number).png") }
            try cluster.happen(.cut, to: 3)
            let refused = try bench.run("index", "shop")
            #expect(refused.status == 2)
            #expect(refused.messages.contains("what is on c does not answer"), "\(refused.messages)")
            try cluster.happen(.mend, to: 3)
            try cluster.happen(.kill, to: 2)
            #expect(try bench.run("index", "shop").status == 2)
            try cluster.happen(.start, to: 2)
            let outcome = try bench.run("index", "shop")
            #expect(outcome.status == 0 && outcome.text.hasPrefix("100 photos: "), "\(outcome.messages)\(outcome.text)")
            let verified = try bench.verify()
            #expect(verified.text.contains("100 photos, 100 embeddings of 1 model"), "\(verified.text)")
            #expect(try bench.search("shop/1.png", "-k", "200").results.count == 99)
        }
    }
}
