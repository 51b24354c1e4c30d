import SectionFiles
import Vectors

extension VectorCodes {
    /// Throws where the sections are not as long as they should be, or slots are named that there are not.
    init(in file: SectionFile, _ about: AboutVectors) throws(SectionFileError) {
        let (slots, head) = (about.slots, about.headBytes)
        func numbers<Element>(_ name: SectionName, _ type: Element.Type, _ count: Int) throws(SectionFileError)
            -> Numbers<Element>
        {
            try file.numbers(name, of: type, count: count)
        }
        self.init(
            mean: try numbers(.mean, Float.self, about.dimension),
            basis: try numbers(.basis, Float.self, head * about.dimension),
            centroids: try numbers(.centroids, Float.self, about.partitions * head),
            starts: try numbers(.starts, UInt32.self, about.partitions + 1),
            ids: try numbers(.ids, Int64.self, slots), order: try numbers(.order, UInt32.self, about.vectors),
            heads: try numbers(.heads, UInt8.self, slots * head), longestHead: about.longestHead,
            offsets: try numbers(.offsets, Float.self, slots), norms: try numbers(.norms, Float.self, slots),
            headScales: try numbers(.headScales, UInt16.self, slots),
            headErrors: try numbers(.headErrors, UInt16.self, slots),
            tailLengths: try numbers(.tailLengths, UInt16.self, slots),
            tailScales: try numbers(.tailScales, UInt16.self, slots),
            tailErrors: try numbers(.tailErrors, UInt16.self, slots),
            signs: try numbers(.signs, UInt64.self, slots * about.tailWords),
            tails: try numbers(.tails, UInt8.self, slots * about.tailWords * 64),
            byteScales: try numbers(.byteScales, UInt16.self, slots),
            byteErrors: try numbers(.byteErrors, UInt16.self, slots))
        guard isConsistent else { throw .unsound(file.path, reason: "it names slots that it does not have") }
    }
}

extension SectionFileWriter {
    mutating func append(_ codes: VectorCodes) throws(SectionFileError) {
        try append(.mean, codes.mean)
        try append(.basis, codes.basis)
        try append(.centroids, codes.centroids)
        try append(.starts, codes.starts.buffer)
        try append(.ids, codes.ids.buffer)
        try append(.order, codes.order.buffer)
        try append(.heads, codes.heads.buffer)
        try append(.offsets, codes.offsets.buffer)
        try append(.norms, codes.norms.buffer)
        try append(.headScales, codes.headScales.buffer)
        try append(.headErrors, codes.headErrors.buffer)
        try append(.tailLengths, codes.tailLengths.buffer)
        try append(.tailScales, codes.tailScales.buffer)
        try append(.tailErrors, codes.tailErrors.buffer)
        try append(.signs, codes.signs.buffer)
        try append(.tails, codes.tails.buffer)
        try append(.byteScales, codes.byteScales.buffer)
        try append(.byteErrors, codes.byteErrors.buffer)
    }

    private mutating func append<Element: BitwiseCopyable>(_ name: SectionName, _ values: [Element])
        throws(SectionFileError)
    {
        try begin(name.rawValue)
        try append(values)
    }

    private mutating func append<Element: BitwiseCopyable>(_ name: SectionName, _ values: UnsafeBufferPointer<Element>)
        throws(SectionFileError)
    {
        try begin(name.rawValue)
        try append(UnsafeRawBufferPointer(values))
    }

    /// The vectors in their slots, and a checksum of each.
    mutating func append(_ source: VectorSource, _ slots: [Int?]) throws(SectionFileError) {
        let length = source.dimension * MemoryLayout<Float>.size
        let empty = Numbers([UInt8](repeating: 0, count: length))
        var checksums: [UInt64] = []
        checksums.reserveCapacity(slots.count)
        try begin(SectionName.vectors.rawValue)
        for slot in slots {
            let row =
                slot.map { UnsafeRawBufferPointer(start: source.vector($0), count: length) }
                ?? UnsafeRawBufferPointer(empty.buffer)
            checksums.append(Checksum.of(row))
            try append(row)
        }
        try append(.checksums, checksums)
    }
}
