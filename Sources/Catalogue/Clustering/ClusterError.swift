/// Why a catalogue's embeddings are not spread over servers as was asked for.
public enum ClusterError: Error, Hashable, CustomStringConvertible {
    case unreadable(reason: String)
    /// Only a catalogue on a server can be spread over others.
    case inFile(CatalogueLocation)
    case exists(CatalogueLocation)
    /// Another process makes or changes it, or builds its graphs.
    case busy(CatalogueLocation)
    case none(CatalogueLocation)
    /// The database has another catalogue's embeddings.
    case takenShard(name: String)
    /// A shard that has moved to another server: what it held has to be there.
    case emptyShard(name: String)
    /// One that is said to be lost, and described.
    case lostAndWanted(name: String)
    /// The catalogue's server does not get into a shard.
    case closedShard(name: String, reason: String)

    /// What to do about it.
    public var description: String {
        switch self {
        case .unreadable(let reason): "the description of the cluster cannot be used: \(reason)"
        case .inFile(let place):
            "the catalogue \(place) lies in a file, which stays on one machine: take it to a server first, "
                + "with ‘lookalike copy’"
        case .exists(let place):
            "the catalogue \(place) is spread over shards already: ‘lookalike cluster apply’ changes which"
        case .busy(let place):
            "another process is changing the cluster of the catalogue \(place), or building its indexes: wait until it is done"
        case .none(let place):
            "the catalogue \(place) is on one server: ‘lookalike cluster init’ spreads it over several"
        case .takenShard(let name):
            "the database of the shard “\(name)” holds embeddings of another catalogue, or another shard of this one: "
                + "name another database"
        case .emptyShard(let name):
            "the database of the shard “\(name)” does not hold what the shard had where it was: copy it there first, or give "
                + "the new one another name, and what the old one holds is moved"
        case .lostAndWanted(let name):
            "the shard “\(name)” is said to be lost, and is in the description: take it out there, or do not call it lost"
        case .closedShard(let name, let reason):
            "the catalogue’s server does not get into the shard “\(name)” (\(reason)): it needs a way in without a password, or "
                + "with one from its own ~/.pgpass, and a superuser of its own to set up the cluster"
        }
    }
}
