/// The slots of a block in the order in which a query looks at them, as far as one of several tasks does.
struct ScanOrder {
    /// Those of the nearest partitions, so that it is soon known how near others must be.
    private(set) var nearest: [Range<Int>] = []
    /// The rest, as far as effort goes, in ascending order.
    private(set) var others: [Range<Int>] = []

    init(_ codes: VectorCodes, nearestTo principals: [Float], _ effort: SearchEffort, _ share: Share) {
        let partitioning = codes.partitioning
        let slots = share.part(of: 0..<codes.slotCount, each: VectorCodes.group)
        if case .partitions(let count) = effort, count < partitioning.count {
            nearest = partitioning.nearest(count, to: principals).map { Self.part(codes, $0, share) }
        } else if partitioning.count > 1 {
            let first = partitioning.nearest(1, to: principals)[0]
            nearest = [Self.part(codes, first, share)]
            let taken = codes.slots(ofPartition: first).clamped(to: slots)
            others = [slots.lowerBound..<taken.lowerBound, taken.upperBound..<slots.upperBound]
        } else {
            others = [slots]
        }
    }

    /// All tasks look at a part of each of the nearest partitions, lest one knows nothing of how near others must be.
    private static func part(_ codes: VectorCodes, _ partition: Int, _ share: Share) -> Range<Int> {
        share.part(of: codes.slots(ofPartition: partition), each: VectorCodes.group)
    }
}
