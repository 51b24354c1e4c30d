import CKernels

extension Collection where Element == Float {
    /// The sum of the products of two vectors' numbers, in single precision; traps unless there are equally many.
    public func product(with other: some Collection<Float>) -> Float {
        precondition(count == other.count)
        return withContiguousStorage { left in other.withContiguousStorage { left.product(with: $0) } }
    }

    /// The products with vectors of the same dimension that lie one after the other.
    public func products(withRows rows: [Float]) -> [Float] {
        withContiguousStorage { vector in
            rows.withUnsafeBufferPointer { rows in
                stride(from: 0, to: rows.count, by: vector.count).map {
                    vector.product(with: UnsafeBufferPointer(rebasing: rows[$0..<$0 + vector.count]))
                }
            }
        }
    }

    /// The products of vectors that lie one after the other with others that do: for each of them, one product a row.
    public func products(withRows rows: [Float], dimension: Int) -> [Float] {
        precondition(count % dimension == 0 && rows.count % dimension == 0)
        let (own, others) = (count / dimension, rows.count / dimension)
        guard own > 0, others > 0 else { return [] }
        return [Float](unsafeUninitializedCapacity: own * others) { products, filled in
            withContiguousStorage {
                VectorLoops.best.matrix($0.baseAddress!, own, rows, others, dimension, products.baseAddress!)
            }
            filled = own * others
        }
    }

    private func withContiguousStorage<Result>(_ body: (UnsafeBufferPointer<Float>) -> Result) -> Result {
        withContiguousStorageIfAvailable(body) ?? Array(self).withUnsafeBufferPointer(body)
    }
}

extension UnsafeBufferPointer<Float> {
    fileprivate func product(with other: Self) -> Float {
        guard let left = baseAddress, let right = other.baseAddress else { return 0 }
        return ck_product(left, right, count)
    }
}
