/// A checked `TensorProto`: as many numbers as its shape says, none of them in another file.
struct OnnxTensor {
    /// Where a tensor's numbers lie in the file.
    enum Values: Sendable, Hashable {
        /// As they lie in memory, little-endian.
        case raw(Range<Int>)
        /// In this field, once or many times, of the message that lies here.
        case listed(OnnxNumberList, message: Range<Int>)
    }

    private static let axisLimit = 64

    private(set) var name = ""
    private var type: OnnxType?
    private(set) var shape: [Int] = []
    private var raw: Range<Int>?
    /// How many numbers the message lists in each of the fields for them.
    private var counts: [OnnxNumberList: Int] = [:]
    private let range: Range<Int>

    init(_ message: ProtobufReader) throws(WeightFileError) {
        range = message.range
        var message = message
        while let (field, value) = try message.next() {
            if let list = OnnxNumberList(rawValue: field) {
                counts[list, default: 0] += try message.count(value, list.kind)
            } else {
                try read(field, value, of: message)
            }
        }
        try check()
    }

    /// As a part of a graph, which knows it by its name.
    var initializer: OnnxModel.Initializer {
        get throws(WeightFileError) {
            guard let type, !name.isEmpty else { throw .unsound("it has an initialiser without a name") }
            let values = raw.map(Values.raw) ?? .listed(type.list, message: range)
            return OnnxModel.Initializer(name: name, type: type, shape: shape, values: values)
        }
    }

    private mutating func read(_ field: Int, _ value: ProtobufReader.Value, of message: ProtobufReader)
        throws(WeightFileError)
    {
        switch field {
        case 1: shape += try message.integers(value, limit: Self.axisLimit)
        case 2: type = try OnnxType(of: "a tensor", message.integer(value))
        case 3: throw .unsound("it has a tensor in segments, which are not read")
        case 8: name = try message.text(value)
        case 9 where raw != nil: throw .unsound("tensor “\(name)” of it has its numbers twice")
        case 9: raw = try message.bytes(value)
        case 13: throw .otherFile
        case 14 where try message.integer(value) != 0: throw .otherFile
        default: break
        }
        guard shape.count <= Self.axisLimit else { throw .unsound("a tensor of it has \(shape.count) axes") }
    }

    private func check() throws(WeightFileError) {
        guard let type else { throw .unsound("tensor “\(name)” of it has no type") }
        guard let count = shape.elementCount, let bytes = type.byteCount(of: count) else {
            throw .unsound("tensor “\(name)” of it has the shape \(shape), which is none")
        }
        let isSound =
            if let raw {
                counts.isEmpty && type != .string && raw.count == bytes
            } else {
                counts.keys.allSatisfy { $0 == type.list } && counts[type.list, default: 0] == type.listCount(of: count)
            }
        guard isSound else { throw .unsound("tensor “\(name)” of it has not the numbers that its shape \(shape) says") }
    }
}

extension WeightFileError {
    fileprivate static let otherFile = unsound(
        "it keeps tensors in other files, which are not opened. "
            + "Save it as one file: onnx.save(model, path, save_as_external_data=False)")
}

/// The fields of a `TensorProto` that list its numbers one by one.
enum OnnxNumberList: Int, Sendable {
    case floats = 4
    case int32s = 5
    case strings = 6
    case int64s = 7
    case doubles = 10
    case uint64s = 11

    var kind: ProtobufReader.Kind {
        switch self {
        case .floats: .fixed32
        case .doubles: .fixed64
        case .strings: .bytes
        case .int32s, .int64s, .uint64s: .varint
        }
    }
}

extension OnnxType {
    /// Where a tensor of this type lists its numbers.
    var list: OnnxNumberList {
        switch self {
        case .float32, .complex64: .floats
        case .float64, .complex128: .doubles
        case .string: .strings
        case .int64: .int64s
        case .uint32, .uint64: .uint64s
        default: .int32s
        }
    }

    /// `nil` for more than any memory holds; text counts nothing here.
    func byteCount(of count: Int) -> Int? {
        let (product, overflow) = count.multipliedReportingOverflow(by: bits ?? 0)
        return overflow || product > Int.max - 7 ? nil : (product + 7) / 8
    }

    /// How many entries `count` numbers have in their list: complex numbers two each, and those of less than a byte
    /// share one.
    func listCount(of count: Int) -> Int? {
        switch self {
        case .complex64, .complex128: count.multipliedReportingOverflow(by: 2).overflow ? nil : 2 * count
        case .uint4, .int4, .float4E2M1, .uint2, .int2: byteCount(of: count)
        default: count
        }
    }
}

extension [Int] {
    /// `nil` for a negative length or more elements than can be counted.
    fileprivate var elementCount: Int? { byteCount(of: .uint8) }
}
