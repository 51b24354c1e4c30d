import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension ServedCatalogueTests {
    /// Machines that share the work of one catalogue, some of which die at it.
    @Suite struct SharedWorkTests {
        private static let photoCount = 80
        private static let roundCount = 20
        private static let seed: UInt64 = 2026

        @Test func severalEmbedEachPhotoOnce() throws {
            let shop = try SharedShop(of: SharedShop.photos(Self.photoCount))
            let machines = try [shop.lead(), shop.help(), shop.help()]
            let outcomes = try machines.map { try $0.outcome() }
            #expect(outcomes.map(\.status) == [0, 0, 0], "\(outcomes.map(\.messages))")
            // Who leads tells of all.
            #expect(outcomes[0].text.hasPrefix("\(Self.photoCount) photos: \(Self.photoCount) added"))
            let embedded = outcomes.compactMap(\.work?.embedded)
            #expect(embedded.reduce(0, +) == SharedShop.contentCount(of: Self.photoCount), "\(embedded)")
            try expectComplete(shop)
            #expect(try shop.bench.verify().status == 0)
        }

        @Test func whicheverAreKilledEachPhotoIsThereOnce() throws {
            let photos = try SharedShop.photos(Self.photoCount)
            var (random, orphans) = (SeededRandom(seed: Self.seed), [Int]())
            let duration = try durationOfSharedWork(on: photos)
            for _ in 1...Self.roundCount {
                let shop = try SharedShop(of: photos)
                var crew = try Crew(of: shop)
                for victim in (0..<3).shuffled(using: &random).prefix(2) {
                    usleep(UInt32(duration * Double.random(in: 0...0.5, using: &random) / .microseconds(1)))
                    orphans.append(try crew.kill(victim))
                }
                #expect(try crew.statuses().allSatisfy { $0 == 0 })
                try expectComplete(shop)
            }
            print("seed \(Self.seed): photos on loan to the killed: \(orphans)")
            #expect(orphans.count { $0 > 0 } >= Self.roundCount / 4, "kills hardly meet work: \(orphans)")
        }

        @Test func whoAsksHowTheCatalogueIsHearsWhatIsLeft() throws {
            let shop = try SharedShop(of: SharedShop.photos(Self.photoCount))
            let leader = try shop.lead()
            leader.send(SIGSTOP)
            #expect(try shop.bench.run("doctor").text.contains(" to be examined still, "))
            leader.send(SIGKILL)
            _ = try leader.outcome()
            #expect(
                try shop.bench.run("doctor").text.contains(
                    " to be examined still, and nobody is at it: lookalike index goes on"))
            #expect(try shop.bench.run("index", "shop").status == 0)
            #expect(try !shop.bench.run("doctor").text.contains("to be examined"))
        }

        private func durationOfSharedWork(on photos: Workbench) throws -> Duration {
            let shop = try SharedShop(of: photos)
            let leader = try shop.lead()
            let start = ContinuousClock.now
            for machine in try [leader, shop.help(), shop.help()] { #expect(try machine.outcome().status == 0) }
            return ContinuousClock.now - start
        }

        private func expectComplete(_ shop: SharedShop) throws {
            #expect(shop.isComplete(with: Self.photoCount))
            let search = try shop.bench.search("shop/3.png", "--no-refresh", "-k", "5")
            #expect(search.identical.count == 2, "the photo and its copy")
            #expect(search.results.count == 5)
            let last = try shop.bench.run("index", "shop", "--verbose")
            #expect(last.text == "\(Self.photoCount) photos: nothing has changed.\n")
            #expect(last.work == Work(read: 0, decoded: 0, embedded: 0))
        }
    }
}

/// Three machines, the first of which has found what there is to do; another takes the place of one that is killed.
private struct Crew {
    private let shop: SharedShop
    private var machines: [RunningProgram]

    init(of shop: SharedShop) throws {
        self.shop = shop
        machines = try [shop.lead(), shop.help(), shop.help()]
    }

    /// Returns how many photos it had on loan, of which the others get none before that is known.
    mutating func kill(_ victim: Int) throws -> Int {
        for machine in machines { machine.send(SIGSTOP) }
        machines[victim].send(SIGKILL)
        _ = try machines[victim].outcome()
        let orphans = shop.orphans
        for machine in machines { machine.send(SIGCONT) }
        machines[victim] = try victim == 0 ? shop.bench.start(["index", "shop"]) : shop.help()
        return orphans
    }

    func statuses() throws -> [Int32] { try machines.map { try $0.outcome().status } }
}
