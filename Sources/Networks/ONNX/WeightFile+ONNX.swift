import Archives
public import SystemPackage

extension WeightFile {
    /// The initialisers of an ONNX model by their names.
    ///
    /// Those that lie in the file as they do in memory are lent from it, and those that it lists one by one are copied.
    /// Initialisers of types that weight files do not have, such as text, are left out.
    public init(onnx path: FilePath) throws(WeightFileError) {
        self = try .mapping(path) { (block) throws(WeightFileError) in try WeightFile(onnx: block) }
    }

    init(onnx block: MemoryBlock) throws(WeightFileError) {
        var tensors: [Tensor] = []
        for initializer in try OnnxModel(block).initializers {
            guard let type = initializer.type.tensorType else { continue }
            let (block, range) = try initializer.numbers(of: type, in: block)
            tensors.append(
                Tensor(name: initializer.name, type: type, shape: initializer.shape, block: block, range: range))
        }
        try self.init(tensors)
    }
}

extension OnnxModel.Initializer {
    fileprivate func numbers(of type: TensorType, in block: MemoryBlock) throws(WeightFileError)
        -> (MemoryBlock, Range<Int>)
    {
        switch values {
        case .raw(let range): return (block, range)
        case .listed(let list, let range):
            var (message, bytes) = (ProtobufReader(block.bytes, at: range), [UInt8]())
            while let (field, value) = try message.next() {
                if field == list.rawValue { try message.appendNumbers(value, list.kind, of: type.size, to: &bytes) }
            }
            return (MemoryBlock(bytes), 0..<bytes.count)
        }
    }
}
