/// Reads Python's pickle format (protocols 0 to 5, as far as PyTorch writes them) without being able to run any of it.
///
/// A pickle is a program for a stack machine that may import and call anything. This machine knows the few
/// names that build tensors; any other name or instruction is refused.
struct Unpickler {
    private var reader: ByteReader
    private var stack: [PickleValue] = []
    private var marks: [Int] = []
    private var memo: [Int: PickleValue] = [:]

    private init(_ reader: ByteReader) {
        self.reader = reader
    }

    /// Reads one pickle and leaves the reader behind it.
    static func value(from reader: inout ByteReader) throws(WeightFileError) -> PickleValue {
        var machine = Unpickler(reader)
        while true {
            let code = try machine.reader.integer(UInt8.self)
            guard let instruction = PickleInstruction(rawValue: code) else {
                throw .refused("its pickle has the unknown instruction \(code)")
            }
            if instruction == .stop { break }
            try machine.perform(instruction)
        }
        reader = machine.reader
        return try machine.pop()
    }

    private mutating func perform(_ instruction: PickleInstruction) throws(WeightFileError) {
        switch instruction {
        case .stop: break
        case .proto: _ = try reader.skip(1)
        case .frame: _ = try reader.skip(8)
        case .mark: marks.append(stack.count)
        case .pop: _ = try pop()
        case .none: stack.append(.none)
        case .newTrue: stack.append(.bool(true))
        case .newFalse: stack.append(.bool(false))
        case .binInt: stack.append(.int(Int(try reader.integer(Int32.self))))
        case .binInt1: stack.append(.int(Int(try reader.integer(UInt8.self))))
        case .binInt2: stack.append(.int(Int(try reader.integer(UInt16.self))))
        case .long1: stack.append(try long(byteCount: Int(try reader.integer(UInt8.self))))
        case .binFloat: try skipOpaque(8)
        case .binUnicode: stack.append(.text(try reader.text(Int(try reader.integer(UInt32.self)))))
        case .shortBinUnicode: stack.append(.text(try reader.text(Int(try reader.integer(UInt8.self)))))
        case .binString: stack.append(.text(try reader.text(Int(try reader.integer(UInt32.self)))))
        case .shortBinString: stack.append(.text(try reader.text(Int(try reader.integer(UInt8.self)))))
        case .binBytes: try skipOpaque(Int(try reader.integer(UInt32.self)))
        case .shortBinBytes: try skipOpaque(Int(try reader.integer(UInt8.self)))
        case .emptyTuple: try pushTuple([])
        case .tuple1: try pushTuple(try pop(1))
        case .tuple2: try pushTuple(try pop(2))
        case .tuple3: try pushTuple(try pop(3))
        case .tuple: try pushTuple(try popToMark())
        case .emptyList: stack.append(.list(PickleList()))
        case .append: try append(try pop(1))
        case .appends: try append(try popToMark())
        case .emptyDictionary: stack.append(.dictionary(PickleDictionary()))
        case .setItem: try setItems(try pop(2))
        case .setItems: try setItems(try popToMark())
        case .put: memo[Int(try reader.integer(UInt8.self))] = try top()
        case .longPut: memo[Int(try reader.integer(UInt32.self))] = try top()
        case .memoize: memo[memo.count] = try top()
        case .get: try recall(Int(try reader.integer(UInt8.self)))
        case .longGet: try recall(Int(try reader.integer(UInt32.self)))
        case .global: try pushGlobal(module: try reader.line(), name: try reader.line())
        case .stackGlobal: try pushStackGlobal()
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

    private mutating func pop(_ count: Int) throws(WeightFileError) -> [PickleValue] {
        guard stack.count >= count else { throw .unsound("its pickle takes from an empty stack") }
        defer { stack.removeLast(count) }
        return Array(stack.suffix(count))
    }

    private mutating func popToMark() throws(WeightFileError) -> [PickleValue] {
        guard let mark = marks.popLast(), mark <= stack.count else { throw .unsound("its pickle lacks a mark") }
        return try pop(stack.count - mark)
    }

    private mutating func recall(_ index: Int) throws(WeightFileError) {
        guard let value = memo[index] else { throw .unsound("its pickle refers to what it never kept") }
        stack.append(value)
    }

    // MARK: Values

    private mutating func skipOpaque(_ count: Int) throws(WeightFileError) {
        _ = try reader.skip(count)
        stack.append(.opaque)
    }

    /// Two's complement, least significant byte first. Only PyTorch's magic number is longer than eight bytes.
    private mutating func long(byteCount: Int) throws(WeightFileError) -> PickleValue {
        guard byteCount <= 16 else { throw .unsound("its pickle has a number of \(byteCount) bytes") }
        var value: Int128 = 0
        for place in 0..<byteCount { value |= Int128(try reader.integer(UInt8.self)) << Int128(8 * place) }
        if byteCount > 0, byteCount < 16, value >> Int128(8 * byteCount - 1) & 1 == 1 {
            value -= 1 << Int128(8 * byteCount)
        }
        return Int(exactly: value).map(PickleValue.int) ?? .text(String(value, radix: 16))
    }

    private mutating func pushTuple(_ items: [PickleValue]) throws(WeightFileError) {
        guard let tuple = PickleTuple(items) else { throw .unsound("its pickle is nested too deeply") }
        stack.append(.tuple(tuple))
    }

    /// Containers in containers are dropped: they are never tensors, and could be nested without end.
    private static func flat(_ value: PickleValue) -> PickleValue {
        switch value {
        case .tuple, .list, .dictionary: .opaque
        default: value
        }
    }

    private mutating func append(_ items: [PickleValue]) throws(WeightFileError) {
        guard case .list(let list) = try top() else { throw .unsound("its pickle appends to what is no list") }
        list.items += items.map(Self.flat)
    }

    private mutating func setItems(_ items: [PickleValue]) throws(WeightFileError) {
        guard case .dictionary(let dictionary) = try top(), items.count.isMultiple(of: 2) else {
            throw .unsound("its pickle sets items of what is no dictionary")
        }
        for index in stride(from: 0, to: items.count, by: 2) {
            if case .text(let key) = items[index] { dictionary.entries.append((key, Self.flat(items[index + 1]))) }
        }
    }

    // MARK: What a real unpickler would import and call

    private mutating func pushGlobal(module: String, name: String) throws(WeightFileError) {
        guard let global = PickleGlobal(module: module, name: name) else {
            throw .refused("it names “\(module.prefix(60)).\(name.prefix(60))”")
        }
        stack.append(.global(global))
    }

    private mutating func pushStackGlobal() throws(WeightFileError) {
        let names = try pop(2)
        guard case .text(let module) = names[0], case .text(let name) = names[1] else {
            throw .unsound("its pickle names something without a name")
        }
        try pushGlobal(module: module, name: name)
    }

    private mutating func pushStorage() throws(WeightFileError) {
        guard case .tuple(let tuple) = try pop(), case let items = tuple.items, items.count >= 5,
            case .text("storage") = items[0], case .global(.storageType(let type)) = items[1],
            case .text(let key) = items[2], case .int(let count) = items[4], count >= 0
        else { throw .unsound("its pickle refers to what is no storage") }
        stack.append(.storage(PickledStorage(key: key, type: type, count: count)))
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
            let shape = arguments[2].integers, let strides = arguments[3].integers, shape.count == strides.count
        else { throw .unsound("a tensor of it is not described as PyTorch does") }
        return PickledTensor(storage: storage, offset: offset, shape: shape, strides: strides)
    }

    /// Attributes that objects are given after they were made: PyTorch keeps version numbers there.
    private mutating func build() throws(WeightFileError) {
        _ = try pop()
        _ = try top()
    }
}

extension PickleValue {
    fileprivate var integers: [Int]? {
        guard case .tuple(let tuple) = self else { return nil }
        let integers = tuple.items.compactMap { if case .int(let value) = $0 { value } else { nil } }
        return integers.count == tuple.items.count ? integers : nil
    }
}
