public import SystemPackage

/// The format in which PyTorch before 1.6 saved a model's tensors (`.pth`, `.pt`): four pickles, then the storages.
extension WeightFile {
    private static let magicNumber = String(0x1950_a86a_20f9_469c_fc6c as Int128, radix: 16)
    private static let protocolVersion = 1001

    /// Reads a legacy `.pth` file; tensors that are views into a storage, with any strides, are laid out row-major.
    public init(legacyPyTorch path: FilePath) throws(WeightFileError) {
        let block = try MemoryBlock(mapping: path)
        do {
            try self.init(legacyPyTorch: block)
        } catch .unsound(let reason) {
            throw .unreadable(path, reason: reason)
        }
    }

    init(legacyPyTorch block: MemoryBlock) throws(WeightFileError) {
        var reader = ByteReader(block.bytes)
        try Self.checkPreamble(&reader)
        guard case .dictionary(let state) = try Unpickler.value(from: &reader) else {
            throw .unsound("it holds no dictionary of tensors")
        }
        let tensors = try state.entries.map { (name, value) throws(WeightFileError) in
            guard case .tensor(let tensor) = value else { throw .unsound("its entry “\(name)” is no tensor") }
            return (name: name, tensor: tensor)
        }
        let storages = try Self.storages(of: tensors.map(\.tensor), &reader)
        var budget = Self.budget(for: block)
        try self.init(
            try tensors.map { (name, tensor) throws(WeightFileError) in
                try tensor.laidOut(as: name, from: storages, in: block, budget: &budget)
            })
    }

    /// A view can repeat its storage; what a file's tensors may take in all is bounded by the file.
    private static func budget(for block: MemoryBlock) -> Int { 4 * block.bytes.count + 1_000_000 }

    private static func checkPreamble(_ reader: inout ByteReader) throws(WeightFileError) {
        guard case .text(magicNumber) = try Unpickler.value(from: &reader),
            case .int(protocolVersion) = try Unpickler.value(from: &reader),
            case .dictionary(let system) = try Unpickler.value(from: &reader)
        else { throw .unsound("it does not begin as a file of PyTorch’s legacy format") }
        for case ("little_endian", .bool(false)) in system.entries {
            throw .unsound("it was written on a big-endian machine")
        }
    }

    /// The ranges of the file that hold each storage's numbers.
    private static func storages(of tensors: [PickledTensor], _ reader: inout ByteReader) throws(WeightFileError)
        -> [String: Range<Int>]
    {
        var types: [String: TensorType] = [:]
        for tensor in tensors { types[tensor.storage.key] = tensor.storage.type }
        guard case .list(let keys) = try Unpickler.value(from: &reader) else { throw .unsound("it lists no storages") }
        var ranges: [String: Range<Int>] = [:]
        for key in keys.items {
            guard case .text(let key) = key, let type = types[key] else {
                throw .unsound("it has a storage of no tensor")
            }
            let count = try reader.integer(Int64.self)
            let (length, overflow) = Int(count).multipliedReportingOverflow(by: type.size)
            guard !overflow else { throw .unsound("a storage of it claims \(count) numbers") }
            ranges[key] = try reader.skip(length)
        }
        return ranges
    }
}

extension PickledTensor {
    fileprivate func laidOut(
        as name: String, from storages: [String: Range<Int>], in block: MemoryBlock, budget: inout Int
    ) throws(WeightFileError) -> WeightFile.Tensor {
        guard let range = storages[storage.key], let length = shape.byteCount(of: storage.type), length <= budget,
            storage.count == range.count / storage.type.size, isInside(storage.count)
        else { throw .unsound("tensor “\(name)” does not lie within its storage") }
        budget -= length
        let source = UnsafeRawBufferPointer(rebasing: block.bytes[range])
        return WeightFile.Tensor(
            name: name, type: storage.type, shape: shape, block: MemoryBlock(rowMajor(source, length: length)),
            range: 0..<length)
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
