import Archives

extension PickledTensor {
    /// The tensor row-major: lent from the file where it lies there so, and copied otherwise.
    func laidOut(
        as name: String, from storages: [String: Range<Int>], in block: MemoryBlock, budget: inout Int
    ) throws(WeightFileError) -> WeightFile.Tensor {
        guard let range = storages[storage.key], let length = shape.byteCount(of: storage.type), length <= budget,
            storage.count == range.count / storage.type.size, isInside(storage.count)
        else { throw .unsound("tensor “\(name)” does not lie within its storage") }
        budget -= length
        if isRowMajor {
            let start = length == 0 ? range.lowerBound : range.lowerBound + offset * storage.type.size
            return tensor(name, in: block, at: start..<start + length)
        }
        let source = UnsafeRawBufferPointer(rebasing: block.bytes[range])
        return tensor(name, in: MemoryBlock(rowMajor(source, length: length)), at: 0..<length)
    }

    private func tensor(_ name: String, in block: MemoryBlock, at range: Range<Int>) -> WeightFile.Tensor {
        WeightFile.Tensor(name: name, type: storage.type, shape: shape, block: block, range: range)
    }

    /// Whether every element is one of the storage's `count` numbers.
    private func isInside(_ count: Int) -> Bool {
        guard offset >= 0, strides.allSatisfy({ $0 >= 0 }) else { return false }
        if shape.contains(0) { return true }
        var last = offset
        for (length, stride) in zip(shape, strides) {
            let (step, overflow) = (length - 1).multipliedReportingOverflow(by: stride)
            let (sum, overflow2) = last.addingReportingOverflow(step)
            guard !overflow, !overflow2 else { return false }
            last = sum
        }
        return last < count
    }

    /// An axis of one place may have any stride, and so may all of a tensor without elements.
    private var isRowMajor: Bool {
        if shape.contains(0) { return true }
        var expected = 1
        for (length, stride) in zip(shape, strides).reversed() where length > 1 {
            guard stride == expected else { return false }
            expected *= length
        }
        return true
    }

    private func rowMajor(_ source: UnsafeRawBufferPointer, length: Int) -> [UInt8] {
        let size = storage.type.size
        return [UInt8](unsafeUninitializedCapacity: length) { target, count in
            var (index, place) = ([Int](repeating: 0, count: shape.count), offset)
            for position in stride(from: 0, to: length, by: size) {
                for byte in 0..<size { target[position + byte] = source[place * size + byte] }
                advance(&index, &place)
            }
            count = length
        }
    }

    /// To the next element in row-major order. An axis of one place may have any stride: what overflows is undone.
    private func advance(_ index: inout [Int], _ place: inout Int) {
        for axis in shape.indices.reversed() {
            index[axis] += 1
            place &+= strides[axis]
            if index[axis] < shape[axis] { return }
            place &-= strides[axis] &* shape[axis]
            index[axis] = 0
        }
    }
}
