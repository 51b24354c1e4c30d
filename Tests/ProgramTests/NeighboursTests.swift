import Foundation
import SystemPackage
import TestSupport
import Testing

/// The graph of a catalogue, as it is printed.
@Suite struct NeighboursTests {
    private struct Edge: Decodable, Equatable {
        let photo: String
        let rank: Int
        let similarity: Float
        let neighbour: String
    }

    @Test func eachPhotoHasTheNeighboursThatASearchFinds() throws {
        let bench = try indexed(270)
        let edges = try edges(bench.run("neighbours", "--all", "--photos", "shop", "-k", "3", "--format", "json"))
        #expect(edges.count == 810)
        for number in [1, 17, 270] {
            let answer = try bench.search("shop/\(number).png", "--photos", "shop", "-k", "3", "--no-refresh")
            let own = edges.filter { $0.photo == "shop/\(number).png" }
            #expect(own.map(\.rank) == [1, 2, 3])
            #expect(own.map(\.neighbour) == answer.paths)
            #expect(own.map(\.similarity) == answer.results.map(\.similarity))
        }
    }

    @Test func aTableHasALineForEachNeighbour() throws {
        let bench = try indexed(3)
        let outcome = try bench.run("neighbours", "--all", "--photos", "shop", "-k", "1")
        let lines = outcome.text.split(separator: "\r\n")
        #expect(lines[0] == "photo,rank,similarity,neighbour")
        #expect(lines.dropFirst().map { $0.prefix(15) } == (1...3).map { "\"shop/\($0).png\",1," })
        #expect(outcome.status == 0)
    }

    @Test func onlyPhotosThatAreNamedAndFoldersThatAreNamedCount() throws {
        let bench = try indexed(3)
        try bench.put(Swatch(50).png, at: "outlet/50.png")
        _ = try bench.run("index", "outlet")
        let named = try edges(bench.run("neighbours", "outlet/50.png", "--photos", "shop", "--format", "json"))
        #expect(Set(named.map(\.neighbour)) == ["shop/1.png", "shop/2.png", "shop/3.png"])
        let all = try edges(bench.run("neighbours", "--all", "--photos", "shop", "--format", "json"))
        #expect(all.count == 6 && all.allSatisfy { !$0.neighbour.hasPrefix("outlet") })
    }

    @Test func aPhotoThatCannotBeReadIsNamedAndTheOthersAreListed() throws {
        let bench = try indexed(3)
        let outcome = try bench.run("neighbours", "nowhere.png", "shop/1.png", "--format", "json")
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("nowhere.png: cannot be read"))
        #expect(try edges(outcome).count == 2)
    }

    @Test func copiesAreNoNeighbours() throws {
        let bench = try indexed(2)
        try bench.put(Swatch(1).png, at: "shop/copy.png")
        _ = try bench.run("index", "shop")
        let edges = try edges(bench.run("neighbours", "--all", "--photos", "shop", "--format", "json"))
        #expect(edges.filter { $0.photo == "shop/1.png" }.map(\.neighbour) == ["shop/2.png"])
    }

    @Test func namingNeitherPhotosNorAllOrBothIsRefused() throws {
        let bench = try indexed(2)
        #expect(try bench.run("neighbours").messages.contains("name photos, or write --all"))
        #expect(try bench.run("neighbours", "--all", "shop/1.png").status == 2)
        #expect(try bench.run("neighbours", "--all", "-k", "0").status == 2)
    }

    @Test func interruptedItEndsAfterAWholeLine() throws {
        let bench = try indexed(100)
        let running = try bench.start(["neighbours", "--all", "-k", "3"])
        #expect(try running.waitUntilItPrints())
        running.send(SIGINT)
        let outcome = try running.outcome()
        // It may have come to its end before.
        #expect([0, 130].contains(outcome.status))
        if outcome.status == 130 { #expect(outcome.messages.contains("Stopped. The neighbours of ")) }
        #expect(outcome.text.hasPrefix("photo,rank,similarity,neighbour\r\n") && outcome.text.hasSuffix("\r\n"))
    }

    private func indexed(_ count: Int) throws -> Workbench {
        let bench = try Workbench(photos: count)
        _ = try bench.run("index", "shop")
        return bench
    }

    private func edges(_ outcome: ProgramOutcome) throws -> [Edge] {
        try outcome.output.split(separator: UInt8(ascii: "\n")).map {
            try JSONDecoder().decode(Edge.self, from: Data($0))
        }
    }
}
