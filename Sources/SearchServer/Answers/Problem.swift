import Catalogue
import Hummingbird
import Imaging
import NIOCore
import NIOHTTP1
import VisualSearch

/// Why a request is not answered, for people and for programs (RFC 9457).
struct Problem: Error {
    /// What went wrong, as a program tells it from others.
    enum Kind: String {
        case badRequest = "bad-request"
        case tokenNeeded = "token-needed"
        case forbidden
        case notFound = "not-found"
        case wrongMethod = "wrong-method"
        case impossible
        case tooLarge = "too-large"
        case wrongKind = "wrong-kind"
        case unreadable
        case busy
        case unavailable
        case failed
    }

    let kind: Kind
    /// What is wrong, and what would be right.
    let detail: String
    /// Seconds after which it may be asked again.
    let retryAfter: Int?
    /// Whether nothing more can be understood on the connection.
    let closes: Bool

    init(_ kind: Kind, _ detail: String, retryAfter: Int? = nil, closes: Bool = false) {
        (self.kind, self.detail, self.retryAfter, self.closes) = (kind, detail, retryAfter, closes)
    }
}

extension Problem.Kind {
    var status: HTTPResponse.Status {
        switch self {
        case .badRequest: .badRequest
        case .tokenNeeded: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .wrongMethod: .methodNotAllowed
        case .impossible: .conflict
        case .tooLarge: .contentTooLarge
        case .wrongKind: .unsupportedMediaType
        case .unreadable: .unprocessableContent
        case .busy: .tooManyRequests
        case .unavailable: .serviceUnavailable
        case .failed: .internalServerError
        }
    }

    var title: String {
        switch self {
        case .badRequest: "The request is not as it should be"
        case .tokenNeeded: "A token is needed"
        case .forbidden: "This is not allowed"
        case .notFound: "There is no such thing here"
        case .wrongMethod: "This cannot be done with it"
        case .impossible: "The model cannot do this"
        case .tooLarge: "The body is too large"
        case .wrongKind: "The body is of another kind than is taken here"
        case .unreadable: "The photo cannot be read"
        case .busy: "Too many are waiting"
        case .unavailable: "Not now"
        case .failed: "The server failed"
        }
    }
}

extension Problem {
    private struct Document: Encodable {
        let type: String
        let title: String
        let status: Int
        let detail: String
        let request: String
    }

    /// `request` is its number in the log.
    func response(to request: String) throws -> Response {
        let document = Document(
            type: "/problems/\(kind.rawValue)", title: kind.title, status: kind.status.code, detail: detail,
            request: request)
        var response = try Response.json(document, status: kind.status)
        response.headers[.contentType] = "application/problem+json"
        if let retryAfter { response.headers[.retryAfter] = String(retryAfter) }
        if kind == .tokenNeeded { response.headers[.wwwAuthenticate] = "Bearer realm=\"lookalike\"" }
        // What was not read of the body would be taken for the next request.
        if kind == .tooLarge || closes { response.headers[.connection] = "close" }
        return response
    }
}

extension Problem {
    /// What an error of the library means to whoever asked; `nil` for what is the server's own fault.
    init?(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let reason as SkipReason: self.init(reason)
        case let error as ImageError: self.init(.unreadable, "This file cannot be read as a photo: \(error).")
        case let error as SearchError: self.init(error)
        case CatalogueError.shardsMissing(_, let names, _):
            self.init(
                .unavailable,
                "Of the servers that the catalogue is spread over, \(names.joined(separator: ", ")) did not answer: "
                    + "ask again, or with partial=true for what the others find.", retryAfter: 5)
        case CatalogueError.unreachable:
            self.init(.unavailable, "The catalogue’s own server did not answer: ask again.", retryAfter: 5)
        case let error as HTTPError: self.init(error)
        case is HTTPParserError:
            self.init(.badRequest, "The body is not as its length, or its chunks, say.", closes: true)
        case is NIOTooManyBytesError: self.init(.tooLarge, "The body is larger than is taken here.")
        default: return nil
        }
    }

    private init(_ reason: SkipReason) {
        switch reason {
        case .gone: self.init(.notFound, "The photo is \(reason).")
        case .store(let error): self.init(.unavailable, "\(error): ask again.", retryAfter: 5)
        case .partOutside(let size):
            self.init(.badRequest, "The region lies beyond the photo, which has \(size.width) x \(size.height) pixels.")
        default: self.init(.unreadable, "This file cannot be read as a photo: \(reason).")
        }
    }

    /// In the words of the interface, where the library has those of the command line.
    private init(_ error: SearchError) {
        switch error {
        case .noSuchFolder(let path), .notAFolder(let path), .folderForbidden(let path):
            self.init(
                .badRequest,
                "\(path) is no folder that this server can read: name one of its machine by its absolute path.")
        case .knowsNoTypes(let model):
            self.init(.impossible, "\(model) cannot tell types of garments apart: leave type out.")
        case .seesNoViews(let model):
            self.init(
                .impossible,
                "\(model) describes a photo as a whole, which cannot be weighed or explained: leave match out.")
        case .seesNoColours(let model):
            self.init(.impossible, "\(model) describes a photo as a whole, colours and all: leave colour out.")
        case .seesNoPlaces(let model):
            self.init(
                .impossible, "\(model) tells nothing of the places of a photo: take metric=cosine or metric=colour-emd."
            )
        case .twoColours:
            self.init(
                .impossible,
                "What is to have another colour cannot be ranked by its own: leave colour out, or take another metric.")
        default: self.init(.impossible, "The server says: \(error).")
        }
    }

    private init(_ error: HTTPError) {
        switch error.status {
        case .notFound: self.init(.notFound, "There is no such page: /api/openapi.json lists all there are.")
        default: self.init(.badRequest, error.body ?? "The request is not as it should be.")
        }
    }
}
