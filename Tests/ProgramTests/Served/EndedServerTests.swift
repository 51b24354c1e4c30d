import TestSupport
import Testing

extension ServedCatalogueTests {
    /// Servers that end while photos are indexed.
    @Suite struct EndedServerTests {
        /// So large that they take a while, and the server is killed in the middle.
        private static let (photoCount, side) = (800, 800)

        @Test func whatWasIndexedIsKeptAndTheNextRunGoesOn() throws {
            let folder = TemporaryFolder()
            let server = try TestServer(in: folder.appending("server"))
            let bench = try SharedShop.photos(Self.photoCount, side: Self.side).on(server.address)
            let indexing = try bench.start(["index", "shop"])
            while indexing.isRunning, server.count(Self.query) == 0 {}
            let before = server.count(Self.query)
            server.kill()
            let outcome = try indexing.outcome()
            #expect(outcome.status == 2)
            expectSentence(in: outcome, naming: server)
            expectSentence(in: try bench.run("index", "shop"), naming: server)
            try server.start()
            let kept = server.count(Self.query)
            #expect(before <= kept && (1..<Self.photoCount).contains(kept), "\(before) \(kept)")
            #expect(try bench.run("index", "shop").text.hasPrefix("\(Self.photoCount) photos: "))
            #expect(server.count(Self.query) == Self.photoCount)
            #expect(server.count(Self.embeddings) == SharedShop.contentCount(of: Self.photoCount))
            #expect(try bench.verify().status == 0)
        }

        private static let query = "SELECT count(*) FROM lookalike.photo"
        private static let embeddings = "SELECT count(*) FROM lookalike.embedding_1"

        private func expectSentence(in outcome: ProgramOutcome, naming server: TestServer) {
            #expect(outcome.status == 2)
            #expect(outcome.messages.hasPrefix("lookalike: the catalogue \(server.address) does not answer ("))
            #expect(
                outcome.messages.hasSuffix("): what was indexed so far is kept; run again when the server is there\n"))
            #expect(outcome.messages.split(separator: "\n").count == 1, "\(outcome.messages)")
        }
    }
}
