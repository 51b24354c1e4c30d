/// How alike two embeddings are.
public enum Metric: String, Sendable, Hashable, Codable, CaseIterable {
    /// The cosine of the angle between them: from -1 to 1, the same direction being 1.
    case cosine
    /// One divided by one plus their Euclidean distance: above 0 and up to 1, the same point being 1.
    case euclidean

    /// Turns an embedding once into what can be compared with many at little cost.
    func prepare(_ values: UnsafeMutableBufferPointer<Float>) {
        guard self == .cosine, let start = values.baseAddress else { return }
        let length = dotProduct(UnsafeBufferPointer(values), start).squareRoot()
        guard length > 0 else { return }
        for index in values.indices { values[index] /= length }
    }

    func similarity(_ query: UnsafeBufferPointer<Float>, _ row: UnsafePointer<Float>) -> Float {
        switch self {
        case .cosine: min(1, max(-1, dotProduct(query, row)))
        case .euclidean: 1 / (1 + squaredDistance(query, row).squareRoot())
        }
    }
}

/// Four running sums of sixteen numbers each, so that no addition waits for the one before it.
@inline(__always)
private func accumulate(
    _ query: UnsafeBufferPointer<Float>, _ row: UnsafePointer<Float>,
    _ term: (SIMD16<Float>, SIMD16<Float>) -> SIMD16<Float>
) -> Float {
    let (left, right) = (UnsafeRawPointer(query.baseAddress!), UnsafeRawPointer(row))
    func vectors(_ index: Int) -> SIMD16<Float> {
        let offset = index * MemoryLayout<Float>.stride
        return term(
            left.loadUnaligned(fromByteOffset: offset, as: SIMD16<Float>.self),
            right.loadUnaligned(fromByteOffset: offset, as: SIMD16<Float>.self))
    }
    var (sum0, sum1, sum2, sum3) = (SIMD16<Float>(), SIMD16<Float>(), SIMD16<Float>(), SIMD16<Float>())
    var index = 0
    while index + 64 <= query.count {
        sum0 += vectors(index)
        sum1 += vectors(index + 16)
        sum2 += vectors(index + 32)
        sum3 += vectors(index + 48)
        index += 64
    }
    var sum = (sum0 + sum1 + (sum2 + sum3)).sum()
    while index < query.count {
        sum += term(SIMD16(repeating: query[index]), SIMD16(repeating: row[index]))[0]
        index += 1
    }
    return sum
}

private func dotProduct(_ query: UnsafeBufferPointer<Float>, _ row: UnsafePointer<Float>) -> Float {
    accumulate(query, row) { $0 * $1 }
}

private func squaredDistance(_ query: UnsafeBufferPointer<Float>, _ row: UnsafePointer<Float>) -> Float {
    accumulate(query, row) { left, right in
        let difference = left - right
        return difference * difference
    }
}
