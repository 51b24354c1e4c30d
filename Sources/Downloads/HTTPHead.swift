/// The head of a server's answer, as far as downloads go by it (RFC 9110).
struct HTTPHead {
    /// 0 before there is an answer.
    private(set) var status = 0
    private var fields: [String: String] = [:]

    /// Takes the next line. One with a status begins a new head, since an answer may have interim ones before it.
    mutating func take(_ line: String) {
        if line.hasPrefix("HTTP/") {
            let words = line.split(separator: " ", maxSplits: 2)
            (status, fields) = (words.dropFirst().first.flatMap { Int($0) } ?? 0, [:])
        } else if let colon = line.firstIndex(of: ":") {
            fields[line[..<colon].lowercased()] = String(line[colon...].dropFirst().drop { $0 == " " || $0 == "\t" })
        }
    }

    /// The bytes of the body, if the server says so.
    var length: Int? { fields["content-length"].flatMap { Int($0) }.flatMap { $0 < 0 ? nil : $0 } }

    /// An entity tag that stands for the same bytes.
    var strongTag: String? { fields["etag"].flatMap { $0.hasPrefix("\"") ? $0 : nil } }

    /// What `If-Range` may compare: such a tag, or else a date (section 13.1.5).
    var validator: String? { strongTag ?? fields["last-modified"] }

    /// By its name in lower case.
    subscript(field: String) -> String? { fields[field] }

    /// Which part of the file the body is, and how long the whole is; no start where nothing was in range.
    var range: (start: Int?, total: Int?)? {
        guard let text = fields["content-range"], text.hasPrefix("bytes ") else { return nil }
        let parts = text.dropFirst("bytes ".count).split(separator: "/", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        return (parts[0].split(separator: "-").first.flatMap { Int($0) }, Int(parts[1]))
    }
}
