import SystemPackage
import VisualSearch

extension FilePath {
    /// The name's bytes as the file system has them.
    var bytes: [UInt8] {
        withPlatformString { Array(UnsafeBufferPointer(start: $0, count: length)).map(UInt8.init(bitPattern:)) }
    }

    /// The same, or the address of an object as it is written.
    var writtenBytes: [UInt8] { written == string ? bytes : Array(written.utf8) }

    /// The last part of the path for people to read.
    var printableName: String {
        (lastComponent.map { FilePath(root: nil, CollectionOfOne($0)) } ?? self).printable
    }

    /// For people to read: what would move the cursor, turn the line or is no text is written as an escape.
    var printable: String {
        var (text, rest) = ("", writtenBytes[...])
        while !rest.isEmpty {
            let (character, length) = rest.firstCharacter
            text += character.map(\.printable) ?? "\\x" + rest.first!.hexadecimal
            rest = rest.dropFirst(length)
        }
        return text
    }
}

extension ArraySlice<UInt8> {
    /// The first scalar and its bytes, or `nil` and one byte where there is no sound UTF-8.
    fileprivate var firstCharacter: (scalar: Unicode.Scalar?, length: Int) {
        var (decoder, iterator) = (UTF8(), makeIterator())
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return (nil, 1) }
        return (scalar, UTF8.width(scalar))
    }
}

extension Unicode.Scalar {
    fileprivate var printable: String {
        switch properties.generalCategory {
        case .control: value < 0x100 ? "\\x" + UInt8(value).hexadecimal : "\\u{" + String(value, radix: 16) + "}"
        case .format, .lineSeparator, .paragraphSeparator, .surrogate: "\\u{" + String(value, radix: 16) + "}"
        default: String(self)
        }
    }
}

extension UInt8 {
    fileprivate var hexadecimal: String { (self < 16 ? "0" : "") + String(self, radix: 16) }
}

extension String {
    /// As text of a web page, within an element or a quoted attribute.
    var escapedForHTML: String {
        reduce(into: "") { escaped, character in
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.append(character)
            }
        }
    }

    /// Filled up with spaces at the right.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }

    /// Filled up with spaces at the left.
    func aligned(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }
}

extension Int {
    /// With a comma after each third digit from the right: 1,234,567.
    var grouped: String {
        let digits = Array(String(magnitude))
        let groups = digits.indices.map { ((digits.count - $0) % 3 == 0 && $0 > 0 ? "," : "") + String(digits[$0]) }
        return (self < 0 ? "-" : "") + groups.joined()
    }

    /// ‘1 photo’, ‘2 photos’.
    func counted(_ noun: String) -> String {
        "\(grouped) \(noun)\(self == 1 ? "" : "s")"
    }
}

extension BinaryFloatingPoint {
    /// With so many digits behind the point.
    func rounded(to digits: Int) -> String {
        let scale = (0..<digits).reduce(1) { scale, _ in scale * 10 }
        let scaled = Int((Double(self) * Double(scale)).rounded().magnitude)
        let fraction = String(scaled % scale)
        let zeros = String(repeating: "0", count: digits - (digits == 0 ? 0 : fraction.count))
        let sign = self < 0 && scaled > 0 ? "-" : ""
        return sign + "\(scaled / scale)" + (digits == 0 ? "" : "." + zeros + fraction)
    }
}
