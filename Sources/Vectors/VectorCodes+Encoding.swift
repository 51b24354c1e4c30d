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
        let slots = SlotOrder(chunks.flatMap(\.1), partitions: partitioning.count, chunk: chunk)
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
        func numbers<Element>(_ values: KeyPath<EncodedRows, [Element]>, each: Int = 1, ofEmpty: Element? = nil)
            -> Numbers<Element>
        {
            slots.numbers(chunks.map { $0[keyPath: values] }, each: each, ofEmpty: ofEmpty)
        }
        let ids = slots.contents.map { $0.map { sourceIDs[$0] } ?? .min }
        self.init(
            quantizer: quantizer, partitioning: partitioning, starts: Numbers(slots.starts), ids: Numbers(ids),
            order: Numbers(slots.filled.sorted { (ids[$0], $0) < (ids[$1], $1) }.map(UInt32.init)),
            heads: slots.interleaved(chunks.map(\.heads), count: quantizer.headCount),
            longestHead: chunks.map(\.longestHead).max() ?? 0, offsets: numbers(\.offsets, ofEmpty: .nan),
            norms: numbers(\.norms), headScales: numbers(\.headScales), headErrors: numbers(\.headErrors),
            tailLengths: numbers(\.tailLengths), tailScales: numbers(\.tailScales), tailErrors: numbers(\.tailErrors),
            signs: numbers(\.signs, each: quantizer.wordCount),
            tails: numbers(\.tails, each: quantizer.rotation.count), byteScales: numbers(\.byteScales),
            byteErrors: numbers(\.byteErrors))
    }
}
