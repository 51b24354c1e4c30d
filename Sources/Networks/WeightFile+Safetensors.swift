import Archives
import Foundation
public import SystemPackage

/// The safetensors format: a length, a JSON header of that length, and the tensors' values end to end.
extension WeightFile {
    private struct Entry: Codable {
        let dtype: TensorType
        let shape: [Int]
        let dataOffsets: [Int]

        enum CodingKeys: String, CodingKey {
            case dtype, shape
            case dataOffsets = "data_offsets"
        }
    }

    /// The header's entries; what a file says of itself beside its tensors is not looked at.
    private struct Header: Codable {
        var entries: [String: Entry]
        /// With what is not a tensor.
        private(set) var memberCount = 0

        struct Name: CodingKey {
            let stringValue: String
            let intValue: Int? = nil
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init(entries: [String: Entry]) { self.entries = entries }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Name.self)
            entries = [:]
            memberCount = container.allKeys.count
            for name in container.allKeys where name.stringValue != "__metadata__" {
                entries[name.stringValue] = try container.decode(Entry.self, forKey: name)
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Name.self)
            for (name, entry) in entries { try container.encode(entry, forKey: Name(stringValue: name)) }
        }
    }

    private static let lengthSize = 8
    /// Enough for a hundred thousand tensors. The format allows ten times as much, which would take seconds to parse.
    private static let headerLimit = 10_000_000

    /// Maps a `.safetensors` file and checks all that its header claims.
    public init(safetensors path: FilePath) throws(WeightFileError) {
        self = try .mapping(path) { (block) throws(WeightFileError) in try WeightFile(safetensors: block) }
    }

    /// Reads what a `.safetensors` file holds, and checks the same.
    public init(safetensors bytes: [UInt8]) throws(WeightFileError) {
        try self.init(safetensors: MemoryBlock(bytes))
    }

    init(safetensors block: MemoryBlock) throws(WeightFileError) {
        let start = try Self.headerLength(of: block) + Self.lengthSize
        let json = Data(block.bytes[Self.lengthSize..<start])
        guard let header = try? JSONDecoder().decode(Header.self, from: json) else {
            throw .unsound("its header is not that of a safetensors file")
        }
        guard header.memberCount == Self.memberCount(of: json) else {
            throw .unsound("it has two tensors of the same name")
        }
        let tensors = try header.entries.map { (name, entry) throws(WeightFileError) in
            try Self.tensor(name, entry, in: block, from: start)
        }
        try Self.checkTiling(tensors, from: start, to: block.bytes.count)
        try self.init(tensors)
    }

    /// How many members the outermost object of sound JSON has, where a decoder hides all but one of the same name.
    private static func memberCount(of json: Data) -> Int {
        var (count, depth, isInText, isEscaped) = (0, 0, false, false)
        for byte in json {
            switch byte {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\"): isEscaped = true
            case UInt8(ascii: "\""): isInText.toggle()
            case _ where isInText: break
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ":") where depth == 1: count += 1
            default: break
            }
        }
        return count
    }

    private static func headerLength(of block: MemoryBlock) throws(WeightFileError) -> Int {
        guard block.bytes.count >= lengthSize else { throw .unsound("it is too short") }
        let claimed = UInt64(littleEndian: block.bytes.loadUnaligned(as: UInt64.self))
        guard claimed <= headerLimit, Int(claimed) <= block.bytes.count - lengthSize else {
            throw .unsound("its header claims \(claimed) bytes")
        }
        return Int(claimed)
    }

    private static func tensor(_ name: String, _ entry: Entry, in block: MemoryBlock, from start: Int)
        throws(WeightFileError) -> Tensor
    {
        guard let length = entry.shape.byteCount(of: entry.dtype), entry.dataOffsets.count == 2,
            let (low, high) = Optional((entry.dataOffsets[0], entry.dataOffsets[1])),
            0 <= low, low <= high, high <= block.bytes.count - start, high - low == length
        else { throw .unsound("tensor “\(name)” does not lie where the header says") }
        return Tensor(
            name: name, type: entry.dtype, shape: entry.shape, block: block, range: start + low..<start + high)
    }

    /// The format allows neither gaps nor overlaps, where something else could hide.
    private static func checkTiling(_ tensors: [Tensor], from start: Int, to end: Int) throws(WeightFileError) {
        var position = start
        for range in tensors.map(\.range).sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
        ) {
            guard range.lowerBound == position else { throw .unsound("its tensors overlap or leave gaps") }
            position = range.upperBound
        }
        guard position == end else { throw .unsound("it holds bytes that belong to no tensor") }
    }

    /// The whole file's bytes as safetensors, the same for the same tensors.
    public func safetensors() throws -> [UInt8] {
        let sorted = tensors.values.sorted { $0.name < $1.name }
        var (header, position) = (Header(entries: [:]), 0)
        for tensor in sorted {
            let end = position + tensor.bytes.count
            header.entries[tensor.name] = Entry(dtype: tensor.type, shape: tensor.shape, dataOffsets: [position, end])
            position = end
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var json = [UInt8](try encoder.encode(header))
        json += [UInt8](repeating: 0x20, count: (8 - json.count % 8) % 8)
        let length = withUnsafeBytes(of: UInt64(json.count).littleEndian) { Array($0) }
        return sorted.reduce(into: length + json) { $0 += $1.bytes }
    }
}

extension [Int] {
    /// The bytes of a tensor of this shape; `nil` for a negative length or one beyond any memory.
    func byteCount(of type: TensorType) -> Int? {
        var count = type.size
        for length in self {
            let (product, overflow) = count.multipliedReportingOverflow(by: length)
            guard length >= 0, !overflow else { return nil }
            count = product
        }
        return count
    }
}

extension WeightFile {
    /// Writes a `.safetensors` file, and the folders above it; the whole file takes the old one's place at once.
    public func writeSafetensors(to path: FilePath) throws(WeightFileError) {
        do {
            let folder = URL(fileURLWithPath: path.removingLastComponent().string)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(safetensors()).write(to: URL(fileURLWithPath: path.string), options: .atomic)
        } catch {
            throw .unwritable(path, reason: error.localizedDescription)
        }
    }
}
