import SystemPackage
import VisualSearch

/// A query whose photos are named: by their IDs, or as they are called in the body that brings them.
struct NamedQuery: Sendable {
    /// What a term is about.
    enum Name: Sendable {
        case id(PhotoID)
        case sent([UInt8])
    }

    struct Term: Sendable {
        let name: Name
        let region: PhotoRegion?
        let weight: Double
    }

    private static let termLimit = 20
    private static let lengthLimit = 4000
    private static let weightLimit = 1000.0

    let terms: [Term]

    /// One photo.
    init(_ id: PhotoID, region: PhotoRegion? = nil) { terms = [Term(name: .id(id), region: region, weight: 1)] }

    /// One photo by its name.
    init(naming name: String, region: PhotoRegion?, sent: [String: [UInt8]]) throws(Problem) {
        terms = [Term(name: try Self.name(name, sent), region: region, weight: 1)]
    }

    /// Several, as `Query(parsing:)` reads them.
    init(parsing text: String, sent: [String: [UInt8]]) throws(Problem) {
        guard text.utf8.count <= Self.lengthLimit else {
            throw Problem(.badRequest, "The query is longer than \(Self.lengthLimit) bytes.")
        }
        let query: Query
        do { query = try Query(parsing: text) } catch {
            throw Problem(.badRequest, "The query cannot be read at character \(error.position + 1): \(error.reason).")
        }
        guard query.terms.count <= Self.termLimit else {
            throw Problem(.badRequest, "A query has up to \(Self.termLimit) photos, and this one \(query.terms.count).")
        }
        terms = try query.terms.map { (term) throws(Problem) in
            guard abs(term.weight) <= Self.weightLimit else {
                throw Problem(
                    .badRequest, "A photo counts up to \(Int(Self.weightLimit)) times, and not \(term.weight) times.")
            }
            guard case .file(let path) = term.photo else { throw Problem(.badRequest, "A photo has no name.") }
            return Term(name: try Self.name(path.string, sent), region: term.region, weight: term.weight)
        }
    }

    private static func name(_ text: String, _ sent: [String: [UInt8]]) throws(Problem) -> Name {
        if let bytes = sent[text] { return .sent(bytes) }
        if let id = PhotoID(text) { return .id(id) }
        throw Problem(
            .badRequest,
            "“\(text.prefix(40))” is neither a photo's ID, which has 32 digits from 0 to 9 and a to f, nor a part of the body."
        )
    }
}
