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

    fileprivate var isContainer: Bool {
        switch self {
        case .tuple, .list, .dictionary: true
        default: false
        }
    }
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

/// Filled after it has been remembered, so it has an identity.
final class PickleList {
    private(set) var items: [PickleValue] = []

    /// Containers in lists are dropped: they are never tensors, and could be nested without end.
    func append(_ items: [PickleValue]) {
        self.items += items.map { $0.isContainer ? .opaque : $0 }
    }
}

/// A dictionary of texts, which may hold others: training programs keep a network's state beside their own.
final class PickleDictionary {
    /// How deep dictionaries may lie in one another; those below are dropped.
    private static let depthLimit = 3

    /// In the order in which they were set; only what has a text for a key.
    private(set) var entries: [(key: String, value: PickleValue)] = []
    private var depth = 1
    /// Nothing can be set any more in what lies in another, so that depths stay true and nothing holds itself.
    private var isFinished = false

    func set(_ key: String, to value: PickleValue) throws(WeightFileError) {
        guard !isFinished else { throw .unsound("its pickle changes a dictionary that lies in another") }
        entries.append((key, kept(value)))
    }

    private func kept(_ value: PickleValue) -> PickleValue {
        guard case .dictionary(let inner) = value, inner !== self, inner.depth < Self.depthLimit else {
            return value.isContainer ? .opaque : value
        }
        inner.isFinished = true
        depth = max(depth, inner.depth + 1)
        return value
    }
}

extension PickleDictionary {
    /// Where training programs keep a network's state.
    private static let stateNames = ["state_dict", "model_state_dict", "model"]

    /// The dictionary of tensors: this one, or one in it that is called as such dictionaries are.
    var state: PickleDictionary {
        let inner = Self.stateNames.lazy.compactMap(dictionary(_:)).first
        return inner?.state ?? self
    }

    private func dictionary(_ name: String) -> PickleDictionary? {
        guard case .dictionary(let inner)? = entries.last(where: { $0.key == name })?.value else { return nil }
        return inner
    }
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
struct PickledStorage: Equatable {
    let key: String
    let type: TensorType
    let count: Int

    /// From the tuple that stands for it; `nil` for another tuple, or a storage that is a part of another.
    init?(_ items: [PickleValue]) {
        guard items.count >= 5, case .text("storage") = items[0], case .global(.storageType(let type)) = items[1],
            case .text(let key) = items[2], case .int(let count) = items[4], count >= 0
        else { return nil }
        if items.count > 5, case let view = items[5] { guard case .none = view else { return nil } }
        (self.key, self.type, self.count) = (key, type, count)
    }

    /// `nil` for more bytes than any file has.
    var byteCount: Int? { [count].byteCount(of: type) }
}

/// A way of reading a storage as a tensor: element `[i, j]` is number `offset + i * strides[0] + j * strides[1]`.
struct PickledTensor {
    let storage: PickledStorage
    let offset: Int
    let shape: [Int]
    let strides: [Int]
}
