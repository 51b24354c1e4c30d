import Archives

/// The format in which PyTorch before 1.6 saved tensors: four pickles, then each storage's length and numbers.
extension PyTorchFile {
    private static let magicNumber = String(0x1950_a86a_20f9_469c_fc6c as Int128, radix: 16)
    private static let protocolVersion = 1001

    init(legacy block: MemoryBlock) throws(WeightFileError) {
        var reader = ByteReader(block.bytes)
        try Self.checkPreamble(&reader)
        var unpickler = Unpickler()
        let state = try unpickler.value(from: &reader)
        try self.init(state: state, storages: Self.ranges(of: unpickler.storages, &reader))
    }

    private static func checkPreamble(_ reader: inout ByteReader) throws(WeightFileError) {
        guard case .text(magicNumber) = try Unpickler.value(from: &reader),
            case .int(protocolVersion) = try Unpickler.value(from: &reader),
            case .dictionary(let system) = try Unpickler.value(from: &reader)
        else { throw .unsound("it does not begin as a file of PyTorch’s, which torch.save writes") }
        for case ("little_endian", .bool(false)) in system.entries {
            throw .unsound("it was written on a big-endian machine")
        }
    }

    private static func ranges(of storages: [String: PickledStorage], _ reader: inout ByteReader)
        throws(WeightFileError) -> [String: Range<Int>]
    {
        guard case .list(let keys) = try Unpickler.value(from: &reader) else { throw .unsound("it lists no storages") }
        var ranges: [String: Range<Int>] = [:]
        for key in keys.items {
            guard case .text(let key) = key, let storage = storages[key] else {
                throw .unsound("it has a storage of no tensor")
            }
            let count = try reader.integer(Int64.self)
            guard count == storage.count, let length = storage.byteCount else {
                throw .unsound("storage “\(key)” of it claims \(count) numbers")
            }
            ranges[key] = try reader.skip(length)
        }
        return ranges
    }
}
