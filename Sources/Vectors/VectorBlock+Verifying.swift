// What a block is compared by with what it was made from.
extension VectorBlock {
    /// The numbers of the vectors, in ascending order.
    package var ids: some Sequence<Int64> { codes.order.buffer.lazy.map { codes.ids[Int($0)] } }

    /// The vectors with a number; throws where one is damaged.
    package func vectors(of id: Int64) throws(VectorError) -> [Embedding] {
        var vectors: [Embedding] = []
        for slot in codes.slots(of: id) {
            guard let vector = vector(slot) else { throw .damaged }
            vectors.append(Embedding(Array(UnsafeBufferPointer(start: vector, count: codes.dimension))))
        }
        return vectors
    }
}
