extension OnnxModel.Port {
    /// No photo, and no batch of them, has as many numbers.
    private static let countLimit = 1 << 28

    /// From a `ValueInfoProto`.
    init(_ message: ProtobufReader) throws(WeightFileError) {
        var (message, name, content) = (message, "", Value())
        while let (field, value) = try message.next() {
            switch field {
            case 1: name = try message.text(value)
            case 2: content = try Value(message.message(value))
            default: break
            }
        }
        guard !name.isEmpty else { throw .unsound("it has an input or output without a name") }
        guard content.hasAtMost(Self.countLimit) else {
            throw .unsound("its input or output “\(name)” has more than \(Self.countLimit) numbers")
        }
        self.init(name: name, type: content.type, shape: content.shape)
    }

    /// From a `TypeProto`.
    struct Value {
        private(set) var type: OnnxType?
        private(set) var shape: [OnnxModel.Dimension]?
    }
}

extension OnnxModel.Port.Value {
    private static let axisLimit = 64

    init(_ message: ProtobufReader) throws(WeightFileError) {
        var message = message
        while let (field, value) = try message.next() {
            switch field {
            case 1: try readTensor(message.message(value))
            case 4, 9: _ = try Self.element(message.message(value))
            case 5: try Self.checkMap(message.message(value))
            case 8: throw .unsound("it has sparse tensors, which are not read. Save them as dense ones")
            default: break
            }
        }
    }

    /// The lengths that are fixed multiply to no more than this.
    func hasAtMost(_ limit: Int) -> Bool {
        var count = 1
        for case .fixed(let length) in shape ?? [] where count > 0 {
            guard length <= limit / count else { return false }
            count *= length
        }
        return true
    }

    private mutating func readTensor(_ message: ProtobufReader) throws(WeightFileError) {
        var message = message
        while let (field, value) = try message.next() {
            switch field {
            case 1: type = try OnnxType(of: "an input or output", message.integer(value))
            case 2: shape = try Self.shape(message.message(value))
            default: break
            }
        }
    }

    private static func shape(_ message: ProtobufReader) throws(WeightFileError) -> [OnnxModel.Dimension] {
        var (message, shape) = (message, [OnnxModel.Dimension]())
        while let (field, value) = try message.next() {
            guard shape.count < axisLimit else { throw .unsound("it has a shape of more than \(axisLimit) axes") }
            if field == 1 { shape.append(try OnnxModel.Dimension(message.message(value))) }
        }
        return shape
    }

    /// The type that a sequence or optional value is of.
    private static func element(_ message: ProtobufReader) throws(WeightFileError) -> Self? {
        var (message, element) = (message, Self?.none)
        while let (field, value) = try message.next() {
            if field == 1 { element = try Self(message.message(value)) }
        }
        return element
    }

    private static func checkMap(_ message: ProtobufReader) throws(WeightFileError) {
        var message = message
        while let (field, value) = try message.next() {
            if field == 2 { _ = try Self(message.message(value)) }
        }
    }
}

extension OnnxModel.Dimension {
    fileprivate init(_ message: ProtobufReader) throws(WeightFileError) {
        var message = message
        self = .unknown
        while let (field, value) = try message.next() {
            switch field {
            case 1: self = .fixed(try message.integer(value))
            case 2: self = .symbolic(try message.text(value))
            default: break
            }
        }
        if case .fixed(let length) = self, length < 0 { throw .unsound("it has an axis of the length \(length)") }
    }
}

extension OnnxType {
    /// Throws where `owner` is of a type that ONNX does not have.
    init(of owner: String, _ number: Int) throws(WeightFileError) {
        guard let type = OnnxType(rawValue: number) else {
            throw .unsound("\(owner) of it has numbers of the unknown type \(number)")
        }
        self = type
    }
}
