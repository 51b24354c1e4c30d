/// Vectors that do not change any more, and their codes.
package struct VectorBlock: Sendable {
    package let codes: VectorCodes
    /// Of each slot, in rows; zeros in empty ones.
    package let vectors: Numbers<Float>
    private let isSound: @Sendable (Int) -> Bool
    /// Asked before the bytes of some slots' tails are read.
    let tailsAreSound: @Sendable ([UInt32]) -> Bool

    /// `isSound` is asked before a slot's vector is read, `tailsAreSound` before the bytes of some
    /// slots' tails are: they say
    /// whether these are what was written once.
    package init(
        codes: VectorCodes, vectors: Numbers<Float>, isSound: @escaping @Sendable (Int) -> Bool = { _ in true },
        tailsAreSound: @escaping @Sendable ([UInt32]) -> Bool = { _ in true }
    ) {
        precondition(vectors.count == codes.slotCount * codes.quantizer.dimension)
        self.codes = codes
        self.vectors = vectors
        self.isSound = isSound
        self.tailsAreSound = tailsAreSound
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

    /// `nil` where it is not what was written.
    func vector(_ slot: Int) -> UnsafePointer<Float>? {
        isSound(slot) ? vectors.pointer(to: slot * codes.quantizer.dimension) : nil
    }
}
