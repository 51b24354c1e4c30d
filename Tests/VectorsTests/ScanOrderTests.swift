import TestSupport
import Testing

@testable import Vectors

@Suite struct ScanOrderTests {
    private func codes(partitions: Int) async -> VectorCodes {
        var random = SeededRandom(seed: 4)
        let vectors = (0..<600).map { _ in Embedding.random(40, &random).values }
        let source = VectorSource(ids: Array(0..<600), rows: Numbers(vectors.flatMap { $0 }), dimension: 40)
        return await VectorCodes.encoding(source, partitions: partitions).codes
    }

    private func orders(_ codes: VectorCodes, _ effort: SearchEffort, tasks: Int) -> [ScanOrder] {
        let point = [Float](repeating: 0.1, count: codes.headCount)
        return (0..<tasks).map {
            ScanOrder(codes, nearestTo: point, effort, Share(number: $0, count: tasks))
        }
    }

    @Test(arguments: [1, 9], [1, 2, 5])
    func lookAtEverySlotOnce(partitions: Int, tasks: Int) async {
        let codes = await codes(partitions: partitions)
        for effort in [SearchEffort.exact, .likely, .partitions(9)] {
            let slots = orders(codes, effort, tasks: tasks).flatMap { ($0.nearest + $0.others).flatMap { $0 } }
            #expect(slots.sorted() == Array(0..<codes.slotCount))
        }
    }

    @Test(arguments: [1, 2])
    func lookIntoAsManyPartitionsAsAreWanted(tasks: Int) async {
        let codes = await codes(partitions: 9)
        let slots = Set(orders(codes, .partitions(3), tasks: tasks).flatMap { ($0.nearest + $0.others).flatMap { $0 } })
        let partitions = (0..<9).filter { slots.isSuperset(of: codes.slots(ofPartition: $0)) }
        #expect(partitions.count == 3)
        #expect(slots.count == partitions.reduce(0) { $0 + codes.slots(ofPartition: $1).count })
    }

    @Test func beginInTheNearestPartitionWithEveryTask() async {
        let codes = await codes(partitions: 9)
        let point = [Float](repeating: 0.1, count: codes.headCount)
        let nearest = codes.slots(ofPartition: codes.partitioning.nearest(1, to: point)[0])
        for order in orders(codes, .exact, tasks: 2) {
            #expect(order.nearest.count == 1 && !order.nearest[0].isEmpty && nearest.contains(order.nearest[0]))
            #expect(order.others.allSatisfy { !$0.overlaps(nearest) })
        }
    }
}
