import TestSupport
import Testing

@testable import Catalogue

@Suite struct SlotMapTests {
    private func sizes(_ map: SlotMap, _ shards: [Int32]) -> [Int] { shards.map { map.slots(of: $0).count } }

    private func moved(_ map: SlotMap, _ moves: [SlotMove]) -> SlotMap {
        var map = map
        for move in moves { map[move.slot] = move.to }
        return map
    }

    @Test(arguments: [1, 2, 3, 7, 256]) func everyShardHasAboutAsManySlots(count: Int32) {
        let shards = Array(1...count)
        let sizes = sizes(SlotMap(evenly: shards), shards)
        #expect(sizes.reduce(0, +) == SlotMap.slotCount)
        #expect(sizes.max()! - sizes.min()! <= 1)
    }

    @Test func contentsThatComeOneAfterAnotherAreOnAllShards() {
        let map = SlotMap(evenly: [1, 2, 3])
        for start in [Int64(1), 1000, 1 << 40] {
            let split = map.split(Array(start..<(start + 300)))
            #expect(split.count == 3)
            #expect(split.values.allSatisfy { (90...110).contains($0.count) })
        }
    }

    @Test func noContentIsLostOrDoubled() {
        let contents = (0..<5000).map { Int64($0 * $0 + 1) }
        let split = SlotMap(evenly: [4, 9, 2]).split(contents)
        #expect(split.values.joined().sorted() == contents)
    }

    /// Whatever shards come and go, no more moves than must.
    @Test func balancingMovesAsLittleAsCanBe() {
        var random = SeededRandom(seed: 8)
        var (shards, next) = ([Int32(1)], Int32(2))
        var map = SlotMap(evenly: shards)
        for _ in 0..<200 {
            let gone = Set(
                shards.shuffled(using: &random).prefix(Int.random(in: 0..<max(1, shards.count), using: &random)))
            let new = (0..<Int.random(in: 0...3, using: &random)).map { next + Int32($0) }
            next += Int32(new.count)
            let after = shards.filter { !gone.contains($0) } + new
            guard !after.isEmpty else { continue }
            let moves = map.moves(toBalance: after)
            #expect(moves.allSatisfy { map[$0.slot] == $0.from && $0.from != $0.to })
            #expect(Set(moves.map(\.slot)).count == moves.count)
            let result = moved(map, moves)
            let sizes = sizes(result, after)
            #expect(sizes.reduce(0, +) == SlotMap.slotCount)
            #expect(sizes.max()! - sizes.min()! <= 1)
            let needed = zip(after, sizes).map { max(0, $1 - map.slots(of: $0).count) }.reduce(0, +)
            #expect(moves.count == needed)
            #expect(result.moves(toBalance: after).isEmpty)
            (map, shards) = (result, after)
        }
    }

    @Test func aMapWithASlotThatIsNobodysIsNone() {
        #expect(SlotMap([1: Array(0..<1000)]) == nil)
        #expect(SlotMap([1: Array(0..<1000), 2: Array(1000..<1024)]) != nil)
        #expect(SlotMap([1: Array(-5..<3000)]) == SlotMap(evenly: [1]))
    }

    @Test func slotsAreSaidInRanges() {
        #expect([Int]().slotCondition == "false")
        #expect(
            [0, 1, 2, 7].slotCondition
                == "(\(SlotMap.slot) BETWEEN 0 AND 2 OR \(SlotMap.slot) BETWEEN 7 AND 7)")
    }
}
