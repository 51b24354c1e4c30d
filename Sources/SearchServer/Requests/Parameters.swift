import Foundation

/// What a request says beside its body, by name.
///
/// Whatever is not as it should be is a `Problem` that names it.
struct Parameters: Sendable {
    /// No value that makes sense is longer.
    private static let lengthLimit = 8000

    private var values: [String: [String]]

    init(_ values: [String: [String]] = [:]) { self.values = values }

    /// From the part of an address behind the question mark (application/x-www-form-urlencoded).
    init(query: String) throws(Problem) {
        values = [:]
        for part in query.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            try add(Self.decoded(pair.count > 1 ? pair[1] : ""), to: Self.decoded(pair[0]))
        }
    }

    /// Throws for what cannot be meant.
    mutating func add(_ value: String, to name: String) throws(Problem) {
        guard value.utf8.count <= Self.lengthLimit else {
            throw Problem(.badRequest, "\(name.prefix(40)) is longer than \(Self.lengthLimit) bytes.")
        }
        // Where C reads a text it would end there.
        guard !value.utf8.contains(0) else { throw Problem(.badRequest, "\(name.prefix(40)) has a zero byte in it.") }
        values[name, default: []].append(value)
    }

    private static func decoded(_ text: Substring) throws(Problem) -> String {
        guard let decoded = text.replacing("+", with: " ").removingPercentEncoding else {
            throw Problem(.badRequest, "“\(text.prefix(40))” in the address is no percent-encoded text.")
        }
        return decoded
    }

    /// Throws for a name that nobody knows here: a filter that is misspelt should not be left out.
    func check(allowing names: Set<String>) throws(Problem) {
        if let unknown = values.keys.sorted().first(where: { !names.contains($0) }) {
            throw Problem(
                .badRequest,
                "There is no parameter “\(unknown.prefix(40))” here: there are \(names.sorted().joined(separator: ", "))."
            )
        }
    }

    func all(_ name: String) -> [String] { values[name] ?? [] }

    /// The one value; throws where there are several.
    func text(_ name: String) throws(Problem) -> String? {
        let all = all(name)
        guard all.count < 2 else { throw Problem(.badRequest, "\(name) is there twice: give it once.") }
        return all.first
    }

    func integer(_ name: String, in range: ClosedRange<Int>) throws(Problem) -> Int? {
        guard let text = try text(name) else { return nil }
        guard let value = Int(text), range.contains(value) else {
            throw Problem(
                .badRequest,
                "\(name)=\(text.prefix(40)): give a number from \(range.lowerBound) to \(range.upperBound).")
        }
        return value
    }

    func number(_ name: String, in range: ClosedRange<Double>) throws(Problem) -> Double? {
        guard let text = try text(name) else { return nil }
        guard let value = Double(text), range.contains(value) else {
            throw Problem(
                .badRequest,
                "\(name)=\(text.prefix(40)): give a number from \(range.lowerBound) to \(range.upperBound).")
        }
        return value
    }

    func flag(_ name: String) throws(Problem) -> Bool? {
        switch try text(name) {
        case nil: nil
        case "true", "1", "": true
        case "false", "0": false
        case let text?: throw Problem(.badRequest, "\(name)=\(text.prefix(40)): give true or false.")
        }
    }

    /// One of the values that a type has.
    func choice<Choice: RawRepresentable & CaseIterable>(_ name: String, of type: Choice.Type) throws(Problem)
        -> Choice? where Choice.RawValue == String
    {
        guard let text = try text(name) else { return nil }
        return try Self.choice(text, of: name)
    }

    func choices<Choice: RawRepresentable & CaseIterable>(_ name: String, of type: Choice.Type) throws(Problem)
        -> [Choice] where Choice.RawValue == String
    {
        try all(name).map { (text) throws(Problem) in try Self.choice(text, of: name) }
    }

    private static func choice<Choice: RawRepresentable & CaseIterable>(_ text: String, of name: String)
        throws(Problem) -> Choice where Choice.RawValue == String
    {
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem(.badRequest, "\(name)=\(text.prefix(40)): give one of \(known).")
        }
        return choice
    }

    /// A moment, or the beginning of a day by universal time.
    func date(_ name: String) throws(Problem) -> Date? {
        guard let text = try text(name) else { return nil }
        // As it would be written: there is no 31st of February.
        let day = Date.ISO8601FormatStyle.iso8601.year().month().day()
        guard
            let date = [day, .iso8601].lazy.compactMap({ style in (try? Date(text, strategy: style)).map { ($0, style) }
            })
            .first(where: { $0.0.formatted($0.1) == text })?.0
        else {
            throw Problem(.badRequest, "\(name)=\(text.prefix(40)): give a day as 2026-11-25.")
        }
        return date
    }
}
