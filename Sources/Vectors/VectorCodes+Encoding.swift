extension VectorCodes {
    private static let chunk = 256
    /// Points for each partition that partitions are learnt from.
    private static let pointsPerPartition = 48

    /// Learns a quantizer and partitions from the vectors, and encodes them on all processors.
    ///
    /// Returns the codes, and for each slot which of the vectors lies in it, or none.
    package static func encoding(_ source: VectorSource, partitions: Int) async -> (codes: VectorCodes, slots: [Int?]) {
        let quantizer = Quantizer(
            learningFrom: source.sample(min(12_288, max(2048, 4 * source.dimension))), dimension: source.dimension)
        let partitioning = await partitioning(partitions, of: source, quantizer)
        let chunks = await (0..<(source.count + chunk - 1) / chunk).concurrentMap { part in
            let rows = part * chunk..<min(source.count, (part + 1) * chunk)
            var encoded = EncodedRows(source.rows(rows), count: rows.count, by: quantizer)
            let nearest = partitioning.nearest(to: encoded.principals[...])
            encoded.dropPrincipals()
            return (encoded, nearest)
        }
        let slots = SlotOrder(chunks.flatMap(\.1), partitions: partitioning.count)
        return (
            VectorCodes(chunks.map(\.0), slots, source.ids, quantizer, partitioning), slots.contents
        )
    }

    private static func partitioning(_ count: Int, of source: VectorSource, _ quantizer: Quantizer) async
        -> Partitioning
    {
        guard count > 1 else { return .whole(dimension: quantizer.headCount) }
        let sample = source.sample(count * pointsPerPartition)
        let total = sample.count / source.dimension
        let points = await (0..<(total + chunk - 1) / chunk).concurrentMap { part in
            let rows = part * chunk..<min(total, (part + 1) * chunk)
            return sample.withUnsafeBufferPointer {
                EncodedRows($0.baseAddress! + rows.lowerBound * source.dimension, count: rows.count, by: quantizer)
                    .principals
            }
        }
        return await Partitioning(count, of: points.flatMap { $0 }, dimension: quantizer.headCount)
    }

    private init(
        _ chunks: [EncodedRows], _ slots: SlotOrder, _ sourceIDs: [Int64], _ quantizer: Quantizer,
        _ partitioning: Partitioning
    ) {
        func numbers<Element>(_ values: KeyPath<EncodedRows, [Element]>, ofEmpty: Element, each: Int = 1)
            -> Numbers<Element>
        {
            let values = chunks.flatMap { $0[keyPath: values] }
            return Numbers(count: slots.contents.count * each) { buffer in
                for (slot, content) in slots.contents.enumerated() {
                    for index in 0..<each {
                        buffer[slot * each + index] = content.map { values[$0 * each + index] } ?? ofEmpty
                    }
                }
            }
        }
        let ids = slots.contents.map { $0.map { sourceIDs[$0] } ?? .min }
        self.init(
            quantizer: quantizer, partitioning: partitioning, starts: Numbers(slots.starts), ids: Numbers(ids),
            order: Numbers(
                slots.contents.indices.filter { slots.contents[$0] != nil }.sorted { (ids[$0], $0) < (ids[$1], $1) }
                    .map(UInt32.init)),
            heads: Self.interleaved(chunks.flatMap(\.heads), slots, count: quantizer.headCount),
            longestHead: chunks.map(\.longestHead).max() ?? 0, offsets: numbers(\.offsets, ofEmpty: .nan),
            norms: numbers(\.norms, ofEmpty: 0), headScales: numbers(\.headScales, ofEmpty: 0),
            headErrors: numbers(\.headErrors, ofEmpty: 0), tailLengths: numbers(\.tailLengths, ofEmpty: 0),
            tailScales: numbers(\.tailScales, ofEmpty: 0), tailErrors: numbers(\.tailErrors, ofEmpty: 0),
            signs: numbers(\.signs, ofEmpty: 0, each: quantizer.wordCount),
            tails: numbers(\.tails, ofEmpty: 0, each: quantizer.rotation.count),
            byteScales: numbers(\.byteScales, ofEmpty: 0), byteErrors: numbers(\.byteErrors, ofEmpty: 0))
    }

    private static func interleaved(_ heads: [UInt8], _ slots: SlotOrder, count: Int) -> Numbers<UInt8> {
        Numbers(count: slots.contents.count * count) { bytes in
            for (slot, content) in slots.contents.enumerated() {
                guard let content else { continue }
                let start = slot / group * group * count + slot % group * 4
                for index in 0..<count {
                    bytes[start + index / 4 * 4 * group + index % 4] = heads[content * count + index]
                }
            }
        }
    }
}

/// Which vector goes into which slot.
private struct SlotOrder {
    private(set) var contents: [Int?] = []
    private(set) var starts: [UInt32] = [0]

    init(_ nearest: [UInt32], partitions: Int) {
        var members = [[Int]](repeating: [], count: partitions)
        for (row, partition) in nearest.enumerated() { members[Int(partition)].append(row) }
        for rows in members {
            contents += rows.map { $0 }
            let rest = contents.count % VectorCodes.group
            if rest > 0 { contents += [Int?](repeating: nil, count: VectorCodes.group - rest) }
            starts.append(UInt32(contents.count))
        }
    }
}
