/// A checked `FunctionProto`: operations that an engine writes out wherever the function is called.
struct OnnxFunction {
    /// What functions are called by.
    struct Name: Hashable {
        var domain = ""
        var name = ""
    }

    private(set) var name = Name()
    /// The operations in it, some of which may be calls of other functions.
    private(set) var operations: [Name] = []

    init(_ message: ProtobufReader) throws(WeightFileError) {
        var message = message
        while let (field, value) = try message.next() {
            switch field {
            case 1: name.name = try message.text(value)
            case 7:
                let node = try OnnxNode(message.message(value))
                operations.append(Name(domain: node.domain, name: node.type))
                try OnnxFunctions.check(operations.count)
            case 10: name.domain = try message.text(value)
            default: break
            }
        }
    }
}

/// The functions of a model, which must not stand for more operations than a network has.
struct OnnxFunctions {
    private static let operationLimit = 1_000_000
    private static let depthLimit = 64

    private var functions: [OnnxFunction.Name: OnnxFunction] = [:]
    private var operationCount = 0

    mutating func add(_ function: OnnxFunction) throws(WeightFileError) {
        guard functions.updateValue(function, forKey: function.name) == nil else {
            throw .unsound("it has two functions called “\(function.name.name)”")
        }
        operationCount += 1 + function.operations.count
        try Self.check(operationCount)
    }

    /// Functions that each call another twice double with each one: a short file could stand for any number of
    /// operations.
    func checkExpansion() throws(WeightFileError) {
        var sizes: [OnnxFunction.Name: Int] = [:]
        for name in functions.keys { _ = try size(of: name, &sizes, depth: 0) }
    }

    /// How many operations a call stands for; one for what is no function of the model's.
    private func size(of name: OnnxFunction.Name, _ sizes: inout [OnnxFunction.Name: Int], depth: Int)
        throws(WeightFileError) -> Int
    {
        guard let function = functions[name] else { return 1 }
        if let size = sizes[name] { return size }
        guard depth < Self.depthLimit else {
            throw .unsound("its functions call themselves, or one another too deeply")
        }
        var total = 1
        for call in function.operations { total += try size(of: call, &sizes, depth: depth + 1) }
        try Self.check(total)
        sizes[name] = total
        return total
    }

    fileprivate static func check(_ count: Int) throws(WeightFileError) {
        guard count <= operationLimit else {
            throw .unsound("its functions stand for more than \(operationLimit) operations")
        }
    }
}
