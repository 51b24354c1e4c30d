import SystemPackage
import TestSupport

/// What each of the hostile and odd files in `hard/` has to do.
struct HardManifest {
    struct Row {
        /// As the manifest writes it, with escapes.
        let name: String
        let expectations: Set<HardFate>
        /// A file of the same picture.
        let reference: String?

        /// The name byte for byte.
        var bytes: [UInt8] { HardManifest.unescaped(Array(name.utf8)) }
    }

    let rows: [Row]

    init(readFrom path: FilePath) throws {
        let lines = String(decoding: try contents(of: path), as: UTF8.self).split(separator: "\n").dropFirst()
        rows = lines.map { line in
            let cells = Self.cells(line)
            return Row(
                name: cells[0],
                expectations: Set(cells[2].split(separator: "-").compactMap { HardFate(rawValue: String($0)) }),
                reference: cells[3].isEmpty ? nil : cells[3])
        }
    }

    private static func cells(_ line: Substring) -> [String] {
        var (cells, isQuoted) = ([""], false)
        for (index, part) in line.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
            if index > 0 {
                // A quote after a quote that closed is one of the text.
                if part.startIndex > line.startIndex, !isQuoted, cells.last?.isEmpty == false {
                    cells[cells.count - 1] += "\""
                }
                isQuoted.toggle()
            }
            let pieces = isQuoted ? [part] : part.split(separator: ",", omittingEmptySubsequences: false)
            cells[cells.count - 1] += pieces[0]
            cells += pieces.dropFirst().map(String.init)
        }
        return cells
    }

    /// `\n`, `\t` and `\xHH` stand for bytes; any other backslash for itself.
    fileprivate static func unescaped(_ text: [UInt8]) -> [UInt8] {
        var (bytes, rest) = ([UInt8](), text[...])
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let (meant, length) = escape(rest) else {
                bytes.append(byte)
                continue
            }
            bytes.append(meant)
            rest = rest.dropFirst(length)
        }
        return bytes
    }

    private static func escape(_ rest: ArraySlice<UInt8>) -> (byte: UInt8, length: Int)? {
        switch rest.first {
        case UInt8(ascii: "n"): (10, 1)
        case UInt8(ascii: "t"): (9, 1)
        case UInt8(ascii: "x"):
            UInt8(String(decoding: rest.dropFirst().prefix(2), as: UTF8.self), radix: 16).map { ($0, 3) }
        default: nil
        }
    }
}

/// What can become of a file.
enum HardFate: String {
    /// A search finds it.
    case index
    /// It is named with the reason, and counted.
    case skip
    /// Skipped because of its size.
    case guarded = "guard"
    /// Not mentioned.
    case ignore
}
