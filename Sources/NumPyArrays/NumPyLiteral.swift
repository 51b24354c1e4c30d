/// The few of Python's literals that headers have: a dictionary of texts, truth values and tuples of whole numbers.
struct NumPyLiteral {
    enum Value: Hashable {
        case text(String)
        case truth(Bool)
        case tuple([Int])
    }

    private var rest: Slice<UnsafeRawBufferPointer>

    init(_ bytes: Slice<UnsafeRawBufferPointer>) { rest = bytes }

    /// `nil` unless it is a dictionary, and nothing but white space follows.
    mutating func dictionary() -> [(key: String, value: Value)]? {
        guard take("{") else { return nil }
        var entries: [(key: String, value: Value)] = []
        while !take("}") {
            guard let key = text(), take(":"), let value = value() else { return nil }
            entries.append((key, value))
            guard take(",") || next == UInt8(ascii: "}") else { return nil }
        }
        return next == nil ? entries : nil
    }

    private mutating func value() -> Value? {
        if take("True") { return .truth(true) }
        if take("False") { return .truth(false) }
        if next == UInt8(ascii: "(") { return tuple().map(Value.tuple) }
        return text().map(Value.text)
    }

    private mutating func tuple() -> [Int]? {
        guard take("(") else { return nil }
        var numbers: [Int] = []
        while !take(")") {
            guard let number = number() else { return nil }
            numbers.append(number)
            // A tuple of one needs its comma, or it is none.
            guard take(",") || next == UInt8(ascii: ")") && numbers.count > 1 else { return nil }
        }
        return numbers
    }

    /// `nil` for a number that is negative or too great for any file.
    private mutating func number() -> Int? {
        skipSpace()
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        rest = rest.dropFirst(digits.count)
        return Int(String(decoding: digits, as: UTF8.self))
    }

    /// Without escapes, which no header needs.
    private mutating func text() -> String? {
        guard let quote = next, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { return nil }
        let text = rest.dropFirst().prefix { $0 != quote }
        guard rest.count >= text.count + 2, !text.contains(UInt8(ascii: "\\")) else { return nil }
        rest = rest.dropFirst(text.count + 2)
        return String(validating: text, as: UTF8.self)
    }

    private mutating func take(_ word: String) -> Bool {
        skipSpace()
        guard rest.starts(with: word.utf8) else { return false }
        rest = rest.dropFirst(word.utf8.count)
        return true
    }

    /// The next byte that is no white space.
    private var next: UInt8? {
        mutating get {
            skipSpace()
            return rest.first
        }
    }

    private mutating func skipSpace() { rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") } }
}
