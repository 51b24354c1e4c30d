import CKernels

/// The codes of a block of vectors, which lie in slots: each partition's one behind the other, and after it as many empty
/// ones as fill its last group.
package struct VectorCodes: Sendable {
    let quantizer: Quantizer
    let partitioning: Partitioning
    /// Where each partition’s slots begin, and where the last one’s end; multiples of the group.
    let starts: Numbers<UInt32>
    /// Of each slot; meaningless in empty ones.
    let ids: Numbers<Int64>
    /// The slots that are not empty, in the order of their vectors’ numbers.
    let order: Numbers<UInt32>
    /// Bytes of heads less 128: of each group four of its first vector, four of its second and so on.
    let heads: Numbers<UInt8>
    /// At most.
    let longestHead: Float
    /// Not a number in empty slots, so that they are never found.
    let offsets: Numbers<Float>
    let norms: Numbers<Float>
    let headScales: Numbers<UInt16>
    let headErrors: Numbers<UInt16>
    let tailLengths: Numbers<UInt16>
    let tailScales: Numbers<UInt16>
    let tailErrors: Numbers<UInt16>
    let signs: Numbers<UInt64>

    static let group = Int(ck_group_rows)

    var slotCount: Int { ids.count }

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
            signs: signs.pointer(to: 0), norms: usesLengths ? norms.pointer(to: 0) : nil)
    }
}
