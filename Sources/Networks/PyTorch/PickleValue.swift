/// What a pickle of tensors may hold; everything else in it is `opaque` and gone.
indirect enum PickleValue {
    case none
    case bool(Bool)
    case int(Int)
    case text(String)
    case tuple(PickleTuple)
    case list(PickleList)
    case dictionary(PickleDictionary)
    /// A name of a class or function, which is never called.
    case global(PickleGlobal)
    case storage(PickledStorage)
    case tensor(PickledTensor)
    case opaque
}

/// Knows its depth, since counting it anew in each tuple of tuples could take for ever.
struct PickleTuple {
    /// How deep tuples may lie in one another: PyTorch needs two levels.
    private static let depthLimit = 8

    let items: [PickleValue]
    private let depth: Int

    /// `nil` where the items are nested too deeply already.
    init?(_ items: [PickleValue]) {
        let depths = items.map { if case .tuple(let tuple) = $0 { tuple.depth } else { 0 } }
        self.items = items
        depth = 1 + (depths.max() ?? 0)
        if depth > Self.depthLimit { return nil }
    }
}

/// Lists and dictionaries are filled after they have been remembered, so they have an identity.
final class PickleList {
    var items: [PickleValue] = []
}

final class PickleDictionary {
    /// In the order in which they were set; only what has a text for a key.
    var entries: [(key: String, value: PickleValue)] = []
}

/// The few names that a file of tensors refers to.
enum PickleGlobal: Equatable {
    case orderedDictionary
    case rebuildTensor
    case rebuildParameter
    case storageType(TensorType)

    init?(module: String, name: String) {
        switch (module, name) {
        case ("collections", "OrderedDict"): self = .orderedDictionary
        case ("torch._utils", "_rebuild_tensor_v2"): self = .rebuildTensor
        case ("torch._utils", "_rebuild_parameter"): self = .rebuildParameter
        case ("torch", _), ("torch.storage", _):
            guard let type = Self.storageTypes[name] else { return nil }
            self = .storageType(type)
        default: return nil
        }
    }

    private static let storageTypes: [String: TensorType] = [
        "DoubleStorage": .float64, "FloatStorage": .float32, "HalfStorage": .float16, "BFloat16Storage": .bfloat16,
        "LongStorage": .int64, "IntStorage": .int32, "ShortStorage": .int16, "CharStorage": .int8,
        "ByteStorage": .uint8, "BoolStorage": .bool,
    ]
}

/// A run of numbers that lies elsewhere in the file, known by its key.
struct PickledStorage {
    let key: String
    let type: TensorType
    let count: Int
}

/// A way of reading a storage as a tensor: element `[i, j]` is number `offset + i * strides[0] + j * strides[1]`.
struct PickledTensor {
    let storage: PickledStorage
    let offset: Int
    let shape: [Int]
    let strides: [Int]
}
