import Archives

extension WeightFile.Tensor {
    /// A tensor whose numbers were computed, row-major.
    package init(_ name: String, _ type: TensorType, shape: [Int], _ numbers: [some BitwiseCopyable]) {
        let block = MemoryBlock(numbers.withUnsafeBytes(Array.init))
        precondition(shape.byteCount(of: type) == block.bytes.count, "\(name) is no \(shape) of \(type)")
        self.init(name: name, type: type, shape: shape, block: block, range: 0..<block.bytes.count)
    }

    /// A tensor of 32-bit floats, all of which `fill` is to write.
    package init(_ name: String, shape: [Int], fill: (UnsafeMutableBufferPointer<Float>) -> Void) {
        let count = shape.reduce(1, *) * MemoryLayout<Float>.stride
        let block = MemoryBlock(byteCount: count) { fill($0.bindMemory(to: Float.self)) }
        self.init(name: name, type: .float32, shape: shape, block: block, range: 0..<count)
    }

    /// A tensor of 32-bit floats without its numbers.
    static func outline(_ name: String, shape: [Int]) -> Self {
        Self(name: name, type: .float32, shape: shape, block: MemoryBlock([]), range: 0..<0)
    }

    /// Whether there are numbers to compute with.
    var isOutline: Bool { bytes.isEmpty && !shape.contains(0) }

    /// The numbers of a tensor of 32-bit floats, row-major; traps for another type.
    public var floats: [Float] { numbers(.float32) }

    /// The numbers of a tensor of signed bytes, row-major; traps for another type.
    public var integers: [Int8] { numbers(.int8) }

    private func numbers<Number: BitwiseCopyable>(_ type: TensorType) -> [Number] {
        precondition(type == self.type, "\(name) holds \(self.type.rawValue) numbers")
        return stride(from: 0, to: bytes.count, by: type.size).map {
            bytes.loadUnaligned(fromByteOffset: $0, as: Number.self)
        }
    }
}
