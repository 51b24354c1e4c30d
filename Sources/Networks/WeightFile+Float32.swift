import Archives

extension WeightFile {
    /// The file with every floating-point tensor in 32 bits, as a `Graph` takes them; integers stay what they are.
    ///
    /// Files are read as they were written, and this is asked for where they are installed. 16-bit numbers become
    /// the same numbers, 64-bit ones the nearest, and tensors that are 32-bit already are not copied.
    public func inFloat32() -> WeightFile {
        WeightFile(byName: tensors.mapValues { $0.inFloat32() })
    }
}

extension WeightFile.Tensor {
    fileprivate func inFloat32() -> Self {
        switch type {
        case .float16: converted { Float(Float16(bitPattern: $0)) }
        case .bfloat16: converted { Float(bitPattern: UInt32($0 as UInt16) << 16) }
        case .float64: converted { Float(Double(bitPattern: $0)) }
        case .float32, .int64, .int32, .int16, .int8, .uint8, .bool: self
        }
    }

    private func converted<Bits: FixedWidthInteger>(_ number: (Bits) -> Float) -> Self {
        let floats = stride(from: 0, to: bytes.count, by: type.size).map {
            number(Bits(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: Bits.self))).bitPattern.littleEndian
        }
        let block = MemoryBlock(floats.withUnsafeBytes(Array.init))
        return Self(name: name, type: .float32, shape: shape, block: block, range: 0..<block.bytes.count)
    }
}
