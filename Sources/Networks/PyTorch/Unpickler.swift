/// Reads Python's pickle format (protocols 0 to 5, as far as PyTorch writes them) without being able to run any of it.
///
/// A pickle is a program for a stack machine that may import and call anything. This machine knows the few
/// names that build tensors; any other name or instruction is refused.
struct Unpickler {
    /// Enough for thirty thousand tensors; what fewer instructions can leave in memory is bounded.
    private static let instructionLimit = 2_000_000
    /// PyTorch has no tensors of more axes.
    private static let axisLimit = 64

    private var stack: [PickleValue] = []
    private var marks: [Int] = []
    private var memo: [Int: PickleValue] = [:]
    private(set) var storages: [String: PickledStorage] = [:]

    /// Reads one pickle and leaves the reader behind it.
    static func value(from reader: inout ByteReader) throws(WeightFileError) -> PickleValue {
        var machine = Unpickler()
        return try machine.value(from: &reader)
    }

    /// The same, with what the pickle says of `storages` left to be asked for.
    mutating func value(from reader: inout ByteReader) throws(WeightFileError) -> PickleValue {
        for _ in 0..<Self.instructionLimit {
            let instruction = try PickleInstruction.next(from: &reader)
            if case .stop = instruction { return try pop() }
            try perform(instruction)
        }
        throw .unsound("its pickle goes on for more than \(Self.instructionLimit) instructions")
    }

    private mutating func perform(_ instruction: PickleInstruction) throws(WeightFileError) {
        switch instruction {
        case .stop, .skip: break
        case .mark: marks.append(stack.count)
        case .pop: _ = try pop()
        case .push(let value): stack.append(value)
        case .tuple(let items): try pushTuple(try pop(items))
        case .append(let items): try append(try pop(items))
        case .setItems(let items): try setItems(try pop(items))
        case .put(let index): memo[index] = try top()
        case .putNext: memo[memo.count] = try top()
        case .get(let index): try recall(index)
        case .global(let module, let name): try pushGlobal(module: module, name: name)
        case .globalFromStack: try pushGlobalFromStack()
        case .persistentID: try pushStorage()
        case .reduce: try reduce()
        case .build: try build()
        }
    }

    // MARK: The stack

    private func top() throws(WeightFileError) -> PickleValue {
        guard let value = stack.last else { throw .unsound("its pickle takes from an empty stack") }
        return value
    }

    private mutating func pop() throws(WeightFileError) -> PickleValue {
        let value = try top()
        stack.removeLast()
        return value
    }

    private mutating func pop(_ items: PickleInstruction.Items) throws(WeightFileError) -> [PickleValue] {
        switch items {
        case .last(let count): return try pop(count)
        case .sinceMark:
            guard let mark = marks.popLast(), mark <= stack.count else { throw .unsound("its pickle lacks a mark") }
            return try pop(stack.count - mark)
        }
    }

    private mutating func pop(_ count: Int) throws(WeightFileError) -> [PickleValue] {
        guard stack.count >= count else { throw .unsound("its pickle takes from an empty stack") }
        defer { stack.removeLast(count) }
        return Array(stack.suffix(count))
    }

    private mutating func recall(_ index: Int) throws(WeightFileError) {
        guard let value = memo[index] else { throw .unsound("its pickle refers to what it never kept") }
        stack.append(value)
    }

    // MARK: Containers

    private mutating func pushTuple(_ items: [PickleValue]) throws(WeightFileError) {
        guard let tuple = PickleTuple(items) else { throw .unsound("its pickle is nested too deeply") }
        stack.append(.tuple(tuple))
    }

    private mutating func append(_ items: [PickleValue]) throws(WeightFileError) {
        guard case .list(let list) = try top() else { throw .unsound("its pickle appends to what is no list") }
        list.append(items)
    }

    private mutating func setItems(_ items: [PickleValue]) throws(WeightFileError) {
        guard case .dictionary(let dictionary) = try top(), items.count.isMultiple(of: 2) else {
            throw .unsound("its pickle sets items of what is no dictionary")
        }
        for index in stride(from: 0, to: items.count, by: 2) {
            if case .text(let key) = items[index] { try dictionary.set(key, to: items[index + 1]) }
        }
    }

    // MARK: What a real unpickler would import and call

    private mutating func pushGlobal(module: String, name: String) throws(WeightFileError) {
        guard let global = PickleGlobal(module: module, name: name) else {
            throw .refused(
                "it names “\(module.prefix(60)).\(name.prefix(60))”. "
                    + "Save a network’s tensors alone: torch.save(network.state_dict(), …)")
        }
        stack.append(.global(global))
    }

    private mutating func pushGlobalFromStack() throws(WeightFileError) {
        let names = try pop(2)
        guard case .text(let module) = names[0], case .text(let name) = names[1] else {
            throw .unsound("its pickle names something without a name")
        }
        try pushGlobal(module: module, name: name)
    }

    private mutating func pushStorage() throws(WeightFileError) {
        guard case .tuple(let tuple) = try pop(), let storage = PickledStorage(tuple.items) else {
            throw .unsound("its pickle refers to what is no storage")
        }
        if let other = storages.updateValue(storage, forKey: storage.key), other != storage {
            throw .unsound("its pickle describes storage “\(storage.key)” in two ways")
        }
        stack.append(.storage(storage))
    }

    private mutating func reduce() throws(WeightFileError) {
        let call = try pop(2)
        guard case .global(let function) = call[0], case .tuple(let arguments) = call[1] else {
            throw .refused("its pickle calls what is no function")
        }
        stack.append(try Self.result(of: function, arguments.items))
    }

    private static func result(of function: PickleGlobal, _ arguments: [PickleValue]) throws(WeightFileError)
        -> PickleValue
    {
        switch function {
        case .orderedDictionary: return .dictionary(PickleDictionary())
        case .rebuildTensor: return .tensor(try tensor(arguments))
        case .rebuildParameter:
            guard case .tensor(let tensor)? = arguments.first else { throw .unsound("a parameter of it is no tensor") }
            return .tensor(tensor)
        case .storageType: throw .refused("its pickle makes a storage of its own")
        }
    }

    private static func tensor(_ arguments: [PickleValue]) throws(WeightFileError) -> PickledTensor {
        guard arguments.count >= 4, case .storage(let storage) = arguments[0], case .int(let offset) = arguments[1],
            let shape = integers(arguments[2]), let strides = integers(arguments[3]), shape.count == strides.count
        else { throw .unsound("a tensor of it is not described as PyTorch does") }
        return PickledTensor(storage: storage, offset: offset, shape: shape, strides: strides)
    }

    /// `nil` for what is no tuple of integers, or has more of them than a tensor has axes.
    private static func integers(_ value: PickleValue) -> [Int]? {
        guard case .tuple(let tuple) = value, tuple.items.count <= axisLimit else { return nil }
        let integers = tuple.items.compactMap { if case .int(let value) = $0 { value } else { nil } }
        return integers.count == tuple.items.count ? integers : nil
    }

    /// Attributes that objects are given after they were made: PyTorch keeps version numbers there.
    private mutating func build() throws(WeightFileError) {
        _ = try pop()
        _ = try top()
    }
}
