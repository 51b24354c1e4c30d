import CKernels

/// The codes of a block of vectors, which lie in slots: each partition's one behind the other, and after it as many empty
/// ones as fill its last group.
package struct VectorCodes: Sendable {
    let quantizer: Quantizer
    let partitioning: Partitioning
    /// Where each partition’s slots begin, and where the last one’s end; multiples of the group.
    package let starts: Numbers<UInt32>
    /// Of each slot; meaningless in empty ones.
    package let ids: Numbers<Int64>
    /// The slots that are not empty, in the order of their vectors’ numbers.
    package let order: Numbers<UInt32>
    /// Bytes of heads less 128: of each group four of its first vector, four of its second and so on.
    package let heads: Numbers<UInt8>
    /// At most.
    package let longestHead: Float
    /// Not a number in empty slots, so that they are never found.
    package let offsets: Numbers<Float>
    package let norms: Numbers<Float>
    package let headScales: Numbers<UInt16>
    package let headErrors: Numbers<UInt16>
    package let tailLengths: Numbers<UInt16>
    package let tailScales: Numbers<UInt16>
    package let tailErrors: Numbers<UInt16>
    package let signs: Numbers<UInt64>
    /// Tails in bytes less 128, row by row, what they are to be multiplied by, and how far they are off then.
    package let tails: Numbers<UInt8>
    package let byteScales: Numbers<UInt16>
    package let byteErrors: Numbers<UInt16>

    package static let group = Int(ck_group_rows)

    package var slotCount: Int { ids.count }

    func slots(ofPartition partition: Int) -> Range<Int> { Int(starts[partition])..<Int(starts[partition + 1]) }

    /// The slots of the vectors with a number, of which there are several where it was given several times.
    func slots(of id: Int64) -> some Sequence<Int> {
        var (low, high) = (0, order.count)
        while low < high {
            let middle = (low + high) / 2
            if ids[Int(order[middle])] < id { low = middle + 1 } else { high = middle }
        }
        return (low..<order.count).lazy.map { Int(order[$0]) }.prefix { ids[$0] == id }
    }

    /// As the loops take them; valid as long as these codes are kept.
    func arrays(forLengths usesLengths: Bool) -> ck_codes {
        ck_codes(
            head_count: quantizer.headCount, word_count: quantizer.wordCount, heads: heads.pointer(to: 0),
            offsets: offsets.pointer(to: 0), head_scales: headScales.pointer(to: 0),
            head_errors: headErrors.pointer(to: 0), tail_lengths: tailLengths.pointer(to: 0),
            tail_scales: tailScales.pointer(to: 0), tail_errors: tailErrors.pointer(to: 0),
            signs: signs.pointer(to: 0), tails: tails.pointer(to: 0),
            byte_scales: byteScales.pointer(to: 0), byte_errors: byteErrors.pointer(to: 0),
            norms: usesLengths ? norms.pointer(to: 0) : nil)
    }
}

// What files of codes say and are checked by.
extension VectorCodes {
    package init(
        mean: Numbers<Float>, basis: Numbers<Float>, centroids: Numbers<Float>, starts: Numbers<UInt32>,
        ids: Numbers<Int64>, order: Numbers<UInt32>, heads: Numbers<UInt8>, longestHead: Float,
        offsets: Numbers<Float>, norms: Numbers<Float>, headScales: Numbers<UInt16>, headErrors: Numbers<UInt16>,
        tailLengths: Numbers<UInt16>, tailScales: Numbers<UInt16>, tailErrors: Numbers<UInt16>, signs: Numbers<UInt64>,
        tails: Numbers<UInt8>, byteScales: Numbers<UInt16>, byteErrors: Numbers<UInt16>
    ) {
        let quantizer = Quantizer(mean: Array(mean.buffer), basis: Array(basis.buffer))
        self.init(
            quantizer: quantizer,
            partitioning: Partitioning(centroids: Array(centroids.buffer), dimension: quantizer.headCount),
            starts: starts, ids: ids, order: order, heads: heads, longestHead: longestHead, offsets: offsets,
            norms: norms, headScales: headScales, headErrors: headErrors, tailLengths: tailLengths,
            tailScales: tailScales, tailErrors: tailErrors, signs: signs, tails: tails, byteScales: byteScales,
            byteErrors: byteErrors)
    }

    package static func headCount(dimension: Int) -> Int { Quantizer.headCount(dimension: dimension) }

    package static func wordCount(dimension: Int) -> Int { Rotation.count(dimension: dimension) / 64 }

    package var dimension: Int { quantizer.dimension }
    package var headCount: Int { quantizer.headCount }
    package var wordCount: Int { quantizer.wordCount }
    package var partitionCount: Int { partitioning.count }
    /// Of the vectors, without empty slots.
    package var count: Int { order.count }
    package var mean: [Float] { quantizer.mean }
    package var basis: [Float] { quantizer.basis }
    package var centroids: [Float] { partitioning.centroids }

    /// Whether partitions follow one another in whole groups, and only slots are named that there are.
    package var isConsistent: Bool {
        starts[0] == 0 && starts[starts.count - 1] == slotCount
            && zip(starts.buffer, starts.buffer.dropFirst()).allSatisfy { $0 <= $1 && $1 % UInt32(Self.group) == 0 }
            && order.buffer.allSatisfy { $0 < slotCount }
    }
}
