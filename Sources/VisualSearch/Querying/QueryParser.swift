import SystemPackage

/// What is wrong with a query that was written down, and where.
public struct QuerySyntaxError: Error, Hashable, CustomStringConvertible {
    /// The whole query.
    public let text: String
    /// The character, from 0, that is not as it should be.
    public let position: Int
    /// What would be right, without a full stop.
    public let reason: String

    /// In three lines: the reason, the query, and a mark below the place.
    public var description: String {
        "\(reason)\n  \(text)\n  \(String(repeating: " ", count: position))^"
    }
}

extension Query {
    /// Reads a query as people write it: `a.jpg + 0.5:b.jpg - c.jpg@0.2,0.1,0.5,0.4`.
    ///
    /// Terms are joined by `+` and `-` between spaces. Each is a path, or a path in quotation marks, with a weight and a colon
    /// before it and a region behind it: `@LEFT,TOP,WIDTH,HEIGHT` in shares of the photo, or in pixels where one is over 1.
    public init(parsing text: String) throws(QuerySyntaxError) {
        var parser = QueryParser(text)
        let terms = try parser.terms()
        self =
            if terms.count == 1, terms[0].weight == 1, terms[0].region == nil, case .file(let path) = terms[0].photo {
                .file(path)
            } else {
                .mixed(terms)
            }
    }
}

/// Goes through a query from the left.
private struct QueryParser {
    private let text: String
    private let characters: [Character]
    private var position = 0

    init(_ text: String) {
        self.text = text
        characters = Array(text)
    }

    mutating func terms() throws(QuerySyntaxError) -> [QueryTerm] {
        skipSpaces()
        var terms = [try term(sign: takeSign() ?? 1)]
        while position < characters.count {
            let place = position
            guard let sign = takeSign() else { throw error("write + or - between two photos", at: place) }
            terms.append(try term(sign: sign))
        }
        guard terms.contains(where: { $0.weight > 0 }) else {
            throw error("there is nothing to look for: a photo must be added, not only taken away", at: 0)
        }
        return terms
    }

    /// With the spaces behind it, without which it is a part of a name.
    private mutating func takeSign() -> Double? {
        guard isSign(at: position) else { return nil }
        defer { skipSpaces() }
        position += 1
        return characters[position - 1] == "+" ? 1 : -1
    }

    private func isSign(at place: Int) -> Bool {
        place + 1 < characters.count && "+-".contains(characters[place]) && characters[place + 1].isWhitespace
    }

    private mutating func term(sign: Double) throws(QuerySyntaxError) -> QueryTerm {
        let weight = try weight()
        let path = try path()
        let region = try region()
        skipSpaces()
        return QueryTerm(.file(FilePath(path)), region: region, weight: sign * weight)
    }

    /// 1 where there is no number with a colon.
    private mutating func weight() throws(QuerySyntaxError) -> Double {
        let digits = characters[position...].prefix { $0.isNumber || $0 == "." }
        guard !digits.isEmpty, digits.endIndex < characters.count, characters[digits.endIndex] == ":" else { return 1 }
        guard let weight = Double(String(digits)), weight > 0, weight.isFinite else {
            throw error("a weight is a number over 0, as in 0.5:photo.jpg", at: position)
        }
        position = digits.endIndex + 1
        return weight
    }

    private mutating func path() throws(QuerySyntaxError) -> String {
        let start = position
        guard !isSign(at: start) else { throw error("a photo is missing here", at: start) }
        if position < characters.count, characters[position] == "\"" { return try quotedPath() }
        while position < characters.count, !isEndOfPath { position += 1 }
        let path = String(characters[start..<position])
        guard !path.trimmed.isEmpty else { throw error("a photo is missing here", at: start) }
        return path.trimmed
    }

    private mutating func quotedPath() throws(QuerySyntaxError) -> String {
        let start = position + 1
        guard let end = characters[start...].firstIndex(of: "\""), end > start else {
            throw error("a path in quotation marks needs a second one behind it", at: position)
        }
        position = end + 1
        return String(characters[start..<end])
    }

    /// A sign between spaces, or what looks like a region.
    private var isEndOfPath: Bool {
        if characters[position] == "@" { return characters[position...].prefix { !$0.isWhitespace }.contains(",") }
        return characters[position].isWhitespace && isSign(at: position + 1)
    }

    private mutating func region() throws(QuerySyntaxError) -> PhotoRegion? {
        guard position < characters.count, characters[position] == "@" else { return nil }
        let start = position
        let written = characters[(start + 1)...].prefix { !$0.isWhitespace }
        position = written.endIndex
        let numbers = String(written).split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
        guard numbers.count == 4, let left = numbers[0], let top = numbers[1], let width = numbers[2],
            let height = numbers[3],
            let region = PhotoRegion(left: left, top: top, width: width, height: height)
        else { throw error("a region is @LEFT,TOP,WIDTH,HEIGHT, as in @0.2,0.1,0.5,0.4", at: start) }
        return region
    }

    private mutating func skipSpaces() {
        while position < characters.count, characters[position].isWhitespace { position += 1 }
    }

    private func error(_ reason: String, at position: Int) -> QuerySyntaxError {
        QuerySyntaxError(text: text, position: min(position, characters.count), reason: reason)
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
