#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A body of several parts, each with a name (RFC 7578).
struct Multipart {
    struct Part {
        let name: String
        /// Whether it came from a file, or says of what kind it is.
        let isFile: Bool
        let contents: ArraySlice<UInt8>
    }

    private static let partLimit = 100
    private static let headerLimit = 8192

    let parts: [Part]

    /// `nil` where a type of a body is no multipart/form-data with a boundary.
    static func boundary(in contentType: String) -> String? {
        let fields = contentType.split(separator: ";").map { $0.trimmed }
        guard fields.first?.lowercased() == "multipart/form-data" else { return nil }
        let value = fields.dropFirst().first { $0.lowercased().hasPrefix("boundary=") }?.dropFirst("boundary=".count)
        guard let boundary = value?.unquoted, (1...70).contains(boundary.utf8.count) else { return nil }
        return String(boundary)
    }

    init(_ body: [UInt8], boundary: String) throws(Problem) {
        let delimiter = Array("\r\n--\(boundary)".utf8)
        // The first one need have no line before it.
        var rest = (Array("\r\n".utf8) + body)[...]
        guard let start = rest.place(of: delimiter) else { throw Self.broken("it has no boundary") }
        rest = rest[start.upperBound...]
        var parts: [Part] = []
        while !rest.starts(with: "--".utf8) {
            guard parts.count < Self.partLimit else { throw Self.broken("it has more than \(Self.partLimit) parts") }
            guard let line = rest.place(of: Array("\r\n".utf8)), line.lowerBound - rest.startIndex < 80,
                let end = rest[line.lowerBound...].place(of: delimiter)
            else { throw Self.broken("it breaks off") }
            parts.append(try Part(rest[line.upperBound..<max(line.upperBound, end.lowerBound)]))
            rest = rest[end.upperBound...]
        }
        self.parts = parts
    }

    fileprivate static func broken(_ reason: String) -> Problem {
        Problem(.badRequest, "The body is no multipart/form-data as RFC 7578 has it: \(reason).")
    }
}

extension Multipart.Part {
    fileprivate init(_ bytes: ArraySlice<UInt8>) throws(Problem) {
        guard let end = bytes.prefix(8192).place(of: Array("\r\n\r\n".utf8)) else {
            throw Multipart.broken("a part has no end of its headers")
        }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let fields = lines.first { $0.lowercased().hasPrefix("content-disposition:") }?.split(separator: ";") ?? []
        let name = fields.dropFirst().map(\.trimmed).first { $0.lowercased().hasPrefix("name=") }
        guard let name = name?.dropFirst("name=".count).unquoted, !name.isEmpty else {
            throw Multipart.broken("a part has no name")
        }
        self.name = String(name)
        isFile =
            fields.contains { $0.trimmed.lowercased().hasPrefix("filename") }
            || lines.contains { $0.lowercased().hasPrefix("content-type:") && !$0.lowercased().contains("text/plain") }
        contents = bytes[end.upperBound...]
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var text = self
        while text.first?.isWhitespace ?? false { text.removeFirst() }
        while text.last?.isWhitespace ?? false { text.removeLast() }
        return text
    }

    /// Without the quotation marks around it, where there are such.
    fileprivate var unquoted: Substring {
        count >= 2 && first == "\"" && last == "\"" ? dropFirst().dropLast() : self
    }
}

extension ArraySlice<UInt8> {
    /// The first place where some bytes are, of which there is at least one.
    fileprivate func place(of bytes: [UInt8]) -> Range<Int>? {
        var start = startIndex
        while start + bytes.count <= endIndex, let place = self[start...].firstPlace(of: bytes[0]) {
            guard place + bytes.count <= endIndex else { return nil }
            if self[place..<place + bytes.count].elementsEqual(bytes) { return place..<place + bytes.count }
            start = place + 1
        }
        return nil
    }

    private func firstPlace(of byte: UInt8) -> Int? {
        withUnsafeBytes { own in
            memchr(own.baseAddress!, Int32(byte), own.count).map {
                startIndex + (UnsafeRawPointer($0) - own.baseAddress!)
            }
        }
    }
}
