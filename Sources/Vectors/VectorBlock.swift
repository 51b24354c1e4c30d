/// Vectors that do not change any more, and their codes.
package struct VectorBlock: Sendable {
    package let codes: VectorCodes
    /// Of each slot, in rows; zeros in empty ones.
    package let vectors: Numbers<Float>

    package init(codes: VectorCodes, vectors: Numbers<Float>) {
        precondition(vectors.count == codes.slotCount * codes.quantizer.dimension)
        self.codes = codes
        self.vectors = vectors
    }

    /// In memory: the vectors are copied.
    package init(_ source: VectorSource, partitions: Int) async {
        let (codes, slots) = await VectorCodes.encoding(source, partitions: partitions)
        let dimension = source.dimension
        self.init(
            codes: codes,
            vectors: Numbers(count: slots.count * dimension) { rows in
                for (slot, index) in slots.enumerated() {
                    guard let index else { continue }
                    (rows.baseAddress! + slot * dimension).update(from: source.vector(index), count: dimension)
                }
            })
    }

    func vector(_ slot: Int) -> UnsafePointer<Float> { vectors.pointer(to: slot * codes.quantizer.dimension) }
}
