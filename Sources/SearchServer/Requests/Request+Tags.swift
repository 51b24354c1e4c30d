import HTTPTypes
import Hummingbird

extension Request {
    /// Whether whoever asks has what a tag names already, compared weakly (RFC 9110, section 13.1.2).
    func has(_ tag: String) -> Bool {
        let known = headers[.ifNoneMatch]?.split(separator: ",").map { $0.drop { " W/".contains($0) } } ?? []
        return known.contains { $0 == tag }
    }
}
