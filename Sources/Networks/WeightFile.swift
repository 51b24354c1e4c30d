import Archives
public import SystemPackage

/// Tensors by name, as a network was trained to have them.
public struct WeightFile: Sendable {
    /// A tensor whose values lie row-major and little-endian in a block of memory.
    public struct Tensor: Sendable {
        /// Unique in its file, and dotted as PyTorch names modules: `_blocks.0._bn1.weight`.
        public let name: String
        /// A file may hold any type; layers take `.float32` only.
        public let type: TensorType
        /// Empty for a single number.
        public let shape: [Int]
        let block: MemoryBlock
        let range: Range<Int>

        /// Valid as long as this tensor is kept. They may begin at any address, as they do in their file.
        public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: block.bytes[range]) }
    }

    /// By their names, with those that no network asks for.
    public let tensors: [String: Tensor]

    init(_ tensors: [Tensor]) throws(WeightFileError) {
        var byName: [String: Tensor] = [:]
        for tensor in tensors where byName.updateValue(tensor, forKey: tensor.name) != nil {
            throw .unsound("it has two tensors called “\(tensor.name)”")
        }
        self.tensors = byName
    }

    package init(byName tensors: [String: Tensor]) {
        self.tensors = tensors
    }

    /// Traps where two have the same name.
    package init(computed tensors: [Tensor]) {
        self.init(byName: Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0) }))
    }

    /// Throws `.missingTensor` where the file has none of that name.
    public func tensor(_ name: String) throws(WeightFileError) -> Tensor {
        guard let tensor = tensors[name] else { throw .missingTensor(name) }
        return tensor
    }

    /// A tensor of that type and shape; throws where the file has none, or another one, of that name.
    public func tensor(_ name: String, _ type: TensorType, shape: [Int]) throws(WeightFileError) -> Tensor {
        let tensor = try tensor(name)
        guard tensor.shape == shape else { throw .wrongShape(name, found: tensor.shape, expected: shape) }
        guard tensor.type == type else { throw .wrongType(name, found: tensor.type, expected: type) }
        return tensor
    }
}

/// What the numbers of a tensor are.
public enum TensorType: String, Sendable, Hashable, Codable, CaseIterable {
    case float64 = "F64"
    case float32 = "F32"
    case float16 = "F16"
    case bfloat16 = "BF16"
    case int64 = "I64"
    case int32 = "I32"
    case int16 = "I16"
    case int8 = "I8"
    case uint8 = "U8"
    case bool = "BOOL"

    /// The bytes of one number.
    public var size: Int {
        switch self {
        case .float64, .int64: 8
        case .float32, .int32: 4
        case .float16, .bfloat16, .int16: 2
        case .int8, .uint8, .bool: 1
        }
    }
}

/// Why a file's tensors cannot be used.
public enum WeightFileError: Error, Hashable, CustomStringConvertible {
    case unreadable(FilePath, reason: String)
    case unwritable(FilePath, reason: String)
    case unsound(String)
    case refused(String)
    case missingTensor(String)
    case wrongShape(String, found: [Int], expected: [Int])
    case wrongType(String, found: TensorType, expected: TensorType)

    /// What is wrong, and whether the file is sound but of another network.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path) cannot be used: \(reason)"
        case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
        case .unsound(let reason): "not a sound weight file: \(reason)"
        case .refused(let reason): "refused, since it asks for more than tensors: \(reason)"
        case .missingTensor(let name): "the weight file has no tensor “\(name)”: it is of another network"
        case .wrongShape(let name, let found, let expected):
            "tensor “\(name)” has the shape \(found) where the network has \(expected): it is of another network"
        case .wrongType(let name, let found, let expected):
            "tensor “\(name)” holds \(found.rawValue) numbers, and \(expected.rawValue) is needed"
        }
    }
}
