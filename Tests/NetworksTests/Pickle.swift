import Foundation

/// Puts together pickles of protocol 2, as Scripts/weight_files/pickles.py does, for files too large to keep.
struct Pickle {
    private(set) var bytes: [UInt8]

    static let mark = Pickle("(")
    static let emptyTuple = Pickle(")")
    static let emptyList = Pickle("]")
    static let storage = Pickle("Q")

    init(_ bytes: [UInt8]) { self.bytes = bytes }
    init(_ code: String) { bytes = Array(code.utf8) }

    static func + (left: Pickle, right: Pickle) -> Pickle { Pickle(left.bytes + right.bytes) }
    static func * (pickle: Pickle, count: Int) -> Pickle {
        Pickle(Array(repeatElement(pickle.bytes, count: count).joined()))
    }

    static func text(_ value: String) -> Pickle {
        Pickle(Array("X".utf8) + littleEndian(UInt32(value.utf8.count)) + Array(value.utf8))
    }

    static func integer(_ value: Int) -> Pickle {
        guard let small = Int32(exactly: value) else { return Pickle([0x8A, 8] + littleEndian(value)) }
        return Pickle(Array("J".utf8) + littleEndian(small))
    }

    static func tuple(_ items: Pickle...) -> Pickle { items.reduce(.mark, +) + Pickle("t") }
    static func integers(_ values: Int...) -> Pickle { values.map(integer).reduce(.mark, +) + Pickle("t") }
    static func put(_ index: UInt8) -> Pickle { Pickle([0x71, index]) }
    static func get(_ index: UInt8) -> Pickle { Pickle([0x68, index]) }
    static func name(_ module: String, _ name: String) -> Pickle { Pickle("c\(module)\n\(name)\n") }

    static func call(_ module: String, _ function: String, _ arguments: Pickle...) -> Pickle {
        name(module, function) + arguments.reduce(.mark, +) + Pickle("tR")
    }

    static func dictionary(_ items: KeyValuePairs<String, Pickle>) -> Pickle {
        items.reduce(Pickle("}")) { $0 + text($1.key) + $1.value + Pickle("s") }
    }

    static func whole(_ value: Pickle) -> [UInt8] { [0x80, 2] + value.bytes + Array(".".utf8) }

    static func floatStorage(key: String = "0", count: Int) -> Pickle {
        tuple(text("storage"), name("torch", "FloatStorage"), text(key), text("cpu"), integer(count), Pickle("N"))
            + storage
    }

    static func tensor(_ data: Pickle, offset: Int = 0, size: Pickle, stride: Pickle) -> Pickle {
        call(
            "torch._utils", "_rebuild_tensor_v2", data, integer(offset), size, stride, Pickle([0x89]),
            call("collections", "OrderedDict"))
    }

    /// A whole file: the preamble, the state, and one storage of floats called “0”.
    static func legacyFile(_ state: Pickle, floats: [Float]) -> [UInt8] {
        let magic: [UInt8] = [0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]
        let preamble =
            whole(Pickle(magic)) + whole(integer(1001)) + whole(dictionary(["little_endian": Pickle([0x88])]))
        let keys = whole(emptyList + mark + text("0") + Pickle("e"))
        return preamble + whole(state) + keys + littleEndian(floats.count)
            + floats.flatMap { littleEndian($0.bitPattern) }
    }

    private static func littleEndian<Integer: FixedWidthInteger>(_ value: Integer) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian, Array.init)
    }
}
