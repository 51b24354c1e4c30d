/// Why the catalogue cannot serve.
public enum CatalogueError: Error, Hashable, CustomStringConvertible {
    /// What should be a server's address is none, or says too much. It is not repeated.
    case noAddress(reason: String)
    case fromNewerVersion(CatalogueLocation)
    case notACatalogue(CatalogueLocation)
    /// Whoever only looks at a catalogue makes none.
    case missing(CatalogueLocation)
    case diskFull(CatalogueLocation)
    case noPermission(CatalogueLocation)
    case inUse(CatalogueLocation)
    case damaged(CatalogueLocation)
    /// A server that cannot be reached, or not any more.
    case unreachable(CatalogueLocation, reason: String)
    /// Of the servers that hold embeddings, some that do not answer, or not in time.
    case shardsMissing(CatalogueLocation, names: [String], reason: String)
    case notLetIn(CatalogueLocation, reason: String)
    /// The server has no such database, or speaks otherwise than was asked for.
    case notServed(CatalogueLocation, reason: String)
    /// The database cannot compare embeddings, or not well enough: with which version of pgvector, if it has one.
    case noVectors(CatalogueLocation, found: String?)
    case otherDimension(space: String, known: Int, asked: Int)
    /// What a segment was made from is no longer what the catalogue has.
    case segmentsChanged(space: String)
    /// The log does not tell what happened since then.
    case changesUnknown(space: String, since: Int64)
    case failed(CatalogueLocation, reason: String)

    /// Names the file, and what its user can do about it.
    public var description: String {
        switch self {
        case .noAddress(let reason):
            "the address behind --catalogue cannot be used: \(reason). One looks like postgres://user@host/database"
        case .fromNewerVersion(let place):
            "the catalogue \(place) was written by a newer version of Lookalike: use that version, or another --catalogue"
        case .notACatalogue(let place): "\(place) is no catalogue of Lookalike: name another file with --catalogue"
        case .missing(let place):
            "there is no catalogue \(place): ‘lookalike index FOLDER’ makes one, and --catalogue names another"
        case .diskFull(let place):
            "the disk that holds the catalogue \(place) is full: what was indexed so far is kept; make room and run again"
        case .noPermission(.server(let place)):
            "the catalogue \(place) cannot be written as this user: have an administrator grant what is missing, or run "
                + "‘CREATE EXTENSION vector’ and ‘CREATE SCHEMA lookalike AUTHORIZATION’ this user there"
        case .noPermission(let place):
            "the catalogue \(place) cannot be written: check the permissions of the file and its folder, "
                + "or name another with --catalogue"
        case .inUse(let place): "the catalogue \(place) has been busy for too long with another program: try again"
        case .damaged(let place):
            "the catalogue \(place) is damaged: delete it, and it is made anew from the photos by the next run"
        case .unreachable(let place, let reason):
            "the catalogue \(place) does not answer (\(reason)): what was indexed so far is kept; run again when the server is there"
        case .shardsMissing(let place, let names, let reason):
            "of the catalogue \(place), what is on \(names.joined(separator: ", ")) does not answer (\(reason)): try again when it is "
                + "there, or search with --partial for what is on the others"
        case .notLetIn(let place, let reason):
            "the server does not let you into the catalogue \(place) (\(reason)): keep the password in ~/.pgpass, in the file "
                + "that PGPASSFILE names, or in PGPASSWORD"
        case .notServed(let place, let reason): "the catalogue \(place) cannot be opened: \(reason)"
        case .noVectors(let place, nil):
            "the database of the catalogue \(place) has no pgvector: have an administrator install it and run "
                + "‘CREATE EXTENSION vector’ there"
        case .noVectors(let place, let version?):
            "the database of the catalogue \(place) has pgvector \(version), and 0.8.0 or later is needed: have an administrator "
                + "install it and run ‘ALTER EXTENSION vector UPDATE’ there"
        case .otherDimension(let space, let known, let asked):
            "embeddings of “\(space)” have \(known) numbers in this catalogue, and \(asked) were asked for"
        case .segmentsChanged(let space):
            "the index of “\(space)” was changed by another program meanwhile: take a new snapshot, and begin again"
        case .changesUnknown(let space, let since):
            "what changed in “\(space)” since change \(since) is no longer known: take a snapshot that needs no earlier one"
        case .failed(let place, let reason): "the catalogue \(place) cannot be used: \(reason)"
        }
    }
}
