import Archives

extension WeightFile {
    /// Tensors of 32-bit floats that lie in no file; throws where two have the same name.
    public init(floats tensors: [(name: String, shape: [Int], values: [Float])]) throws(WeightFileError) {
        try self.init(
            tensors.map { name, shape, values in
                let bytes = values.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) }
                return Tensor(
                    name: name, type: .float32, shape: shape, block: MemoryBlock(bytes), range: 0..<bytes.count)
            })
    }
}
