/// Which vector goes into which slot.
struct SlotOrder {
    private(set) var contents: [Int?] = []
    private(set) var starts: [UInt32] = [0]
    /// Of each vector.
    private let slots: [Int]
    /// How many vectors each chunk but the last has.
    private let chunk: Int

    init(_ nearest: [UInt32], partitions: Int, chunk: Int) {
        var members = [[Int]](repeating: [], count: partitions)
        for (row, partition) in nearest.enumerated() { members[Int(partition)].append(row) }
        for rows in members {
            contents += rows.map { $0 }
            let rest = contents.count % VectorCodes.group
            if rest > 0 { contents += [Int?](repeating: nil, count: VectorCodes.group - rest) }
            starts.append(UInt32(contents.count))
        }
        var slots = [Int](repeating: 0, count: nearest.count)
        for (slot, content) in contents.enumerated() { if let content { slots[content] = slot } }
        (self.slots, self.chunk) = (slots, chunk)
    }

    var filled: [Int] { contents.indices.filter { contents[$0] != nil } }

    /// `each` numbers of each vector, of which chunks have those of so many, in the vectors' slots; zeros in empty ones
    /// unless told otherwise.
    func numbers<Element: BitwiseCopyable>(_ chunks: [[Element]], each: Int, ofEmpty: Element?) -> Numbers<Element> {
        Numbers(count: contents.count * each) { buffer in
            guard each > 0, let start = buffer.baseAddress else { return }
            if let ofEmpty { buffer.update(repeating: ofEmpty) }
            for (number, values) in chunks.enumerated() {
                values.withUnsafeBufferPointer { values in
                    for row in 0..<values.count / each {
                        let place = start + slots[number * chunk + row] * each
                        place.update(from: values.baseAddress! + row * each, count: each)
                    }
                }
            }
        }
    }

    /// Heads of so many bytes, of each group four bytes of each vector in turn.
    func interleaved(_ chunks: [[UInt8]], count: Int) -> Numbers<UInt8> {
        let group = VectorCodes.group
        return Numbers(count: contents.count * count) { bytes in
            for (number, heads) in chunks.enumerated() {
                for row in 0..<heads.count / count {
                    let slot = slots[number * chunk + row]
                    let start = slot / group * group * count + slot % group * 4
                    for index in 0..<count {
                        bytes[start + index / 4 * 4 * group + index % 4] = heads[row * count + index]
                    }
                }
            }
        }
    }
}
