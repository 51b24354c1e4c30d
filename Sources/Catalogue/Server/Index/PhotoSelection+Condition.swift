import Postgres
import SystemPackage

extension PhotoSelection {
    /// Whether a row of `photo` may be selected, as a condition. It holds for some more than are: what is left out of folders, and
    /// what shell patterns say beyond `*` and `?`, is looked at when photos are there.
    func condition(_ parameters: inout StatementParameters) -> String {
        let own = folders.map { folder in
            let (lower, upper) = folder.path.bytesInside
            return "path >= \(parameters.add(.bytes(lower))) AND path < \(parameters.add(.bytes(upper)))"
        }
        var conditions = [own.isEmpty ? "false" : own.map { "(\($0))" }.joined(separator: " OR ")]
        if !patterns.isEmpty {
            conditions.append(patterns.map { Self.like($0, &parameters) }.joined(separator: " OR "))
        }
        if let modified {
            conditions.append(
                """
                modified >= \(parameters.add(.int64(modified.lowerBound))) \
                AND modified < \(parameters.add(.int64(modified.upperBound)))
                """)
        }
        if let among { conditions.append("path = ANY (\(parameters.add(.byteArrays(among.map(\.bytes)))))") }
        return conditions.map { "(\($0))" }.joined(separator: " AND ")
    }

    /// A pattern is of the whole path, or of the name at its end.
    private static func like(_ pattern: String, _ parameters: inout StatementParameters) -> String {
        let like = pattern.likePattern
        let (whole, name) = (parameters.add(.bytes(like)), parameters.add(.bytes(Array("%/".utf8) + like)))
        return "path LIKE \(whole) OR path LIKE \(name)"
    }
}

extension String {
    /// For `LIKE`, whose wildcards are `%` and `_`: whatever matches the shell pattern matches this.
    fileprivate var likePattern: [UInt8] {
        var (like, rest) = ([UInt8](), Array(utf8)[...])
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "*"): like.append(UInt8(ascii: "%"))
            case UInt8(ascii: "?"): like.append(UInt8(ascii: "_"))
            // From a set on, anything may follow.
            case UInt8(ascii: "["): return like + [UInt8(ascii: "%")]
            case UInt8(ascii: "\\"): like += (rest.popFirst() ?? byte).literal
            default: like += byte.literal
            }
        }
        return like
    }
}

extension UInt8 {
    /// The byte itself, for `LIKE`.
    fileprivate var literal: [UInt8] {
        "%_\\".utf8.contains(self) ? [UInt8(ascii: "\\"), self] : [self]
    }
}
