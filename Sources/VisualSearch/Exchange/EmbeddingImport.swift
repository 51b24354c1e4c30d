import Catalogue
import NumPyArrays
public import SystemPackage
import Vectors

/// Takes embeddings that were made elsewhere into a catalogue, for photos that are on disk: as its events are asked for.
///
/// Searches then decode nothing of these photos. Whoever stops asking stops the work, and what was told of is kept.
public struct EmbeddingImport: AsyncSequence, Sendable {
    /// A row of the array, in its order.
    public enum Element: Sendable, Hashable {
        case taken(FilePath)
        /// Rows are counted from 1, as lines of the list of paths are.
        case refused(row: Int, FilePath, Refusal)
    }

    /// Why a row is left out.
    public enum Refusal: Sendable, Hashable, CustomStringConvertible {
        case notFinite
        case photo(SkipReason)

        /// To stand behind the name of the photo.
        public var description: String {
            switch self {
            case .notFinite: "its embedding has numbers that are not finite, or is longer than 10^18"
            case .photo(let reason): reason.description
            }
        }
    }

    private let engine: SearchEngine
    private let array: NumPyArray
    private let paths: [FilePath]

    /// Opens an array, the list of its paths (without one, that beside it), and what is said of its model beside it, which must
    /// be the engine's. Where nothing is said, `isOfModel` must say so.
    ///
    /// Throws an `ExchangeError`, or a `NumPyError`, for files that do not belong together or cannot be read.
    public init(_ file: FilePath, paths list: FilePath? = nil, on engine: SearchEngine, isOfModel: Bool) throws {
        self.engine = engine
        let about = file.replacingExtension(with: ".json")
        if let description = try EmbeddingDescription(at: about) {
            guard description.identity == engine.space.identity else {
                throw ExchangeError.otherModel(file, found: description.identity, expected: engine.space.identity)
            }
        } else if !isOfModel {
            throw ExchangeError.modelUnknown(file, description: about)
        }
        array = try NumPyArray(mapping: file)
        guard array.header.columns == engine.space.dimension else {
            throw ExchangeError.otherDimension(
                file, found: array.header.columns, expected: engine.space.dimension)
        }
        let list = list ?? Self.list(beside: file)
        paths = try PathList.read(list).map(\.underRealFolder)
        guard paths.count == array.header.rows else {
            throw ExchangeError.otherCount(list, found: paths.count, expected: array.header.rows)
        }
    }

    private static func list(beside file: FilePath) -> FilePath {
        let json = file.replacingExtension(with: PathList.jsonEnding)
        return (try? FileStatus(following: json)) == nil ? file.replacingExtension(with: PathList.plainEnding) : json
    }

    /// How many rows there are.
    public var count: Int { paths.count }

    /// Each iterator takes in everything anew.
    public func makeAsyncIterator() -> Iterator { Iterator(self) }

    /// The catalogue is locked from the first `next()` on, for as long as the iterator is there.
    public struct Iterator: AsyncIteratorProtocol {
        /// One transaction.
        private static let rowsAtOnce = 512

        private let run: EmbeddingImport
        private var lock: HeldLock?
        private var row = 0
        private var events: ArraySlice<Element> = []

        init(_ run: EmbeddingImport) { self.run = run }

        /// Throws a `CatalogueError`, or a `CancellationError` in a cancelled task; what was told of is recorded.
        public mutating func next() async throws -> Element? {
            if lock == nil { lock = HeldLock(try await run.engine.catalogue.lock()) }
            guard events.isEmpty else { return events.popFirst() }
            try Task.checkCancellation()
            guard row < run.count else {
                try await run.engine.fold()
                return nil
            }
            let rows = row..<Swift.min(row + Self.rowsAtOnce, run.count)
            try await lock?.confirm()
            events = try await run.take(rows)[...]
            row = rows.upperBound
            return events.popFirst()
        }
    }

    private func take(_ rows: Range<Int>) async throws -> [Element] {
        let read = try await Array(rows).inBatches(atOnce: SearchEngine.processorCount) { rows in
            rows.map { ($0, record(of: $0)) }
        }
        try await engine.catalogue.record(read.compactMap { try? $1.get() }, space: engine.space)
        return read.map { row, result in
            switch result {
            case .success(let record): .taken(record.path)
            case .failure(let reason): .refused(row: row + 1, paths[row], reason)
            }
        }
    }

    private func record(of row: Int) -> Result<PhotoRecord, Refusal> {
        let embedding = Embedding(array.row(row))
        guard embedding.isComparable else { return .failure(.notFinite) }
        if let limit = engine.catalogue.longestPath, paths[row].length > limit {
            return .failure(.photo(.pathTooLong(paths[row].length, limit: limit)))
        }
        do throws(SkipReason) {
            let file = try PhotoFile(reading: paths[row])
            return .success(
                PhotoRecord(
                    path: paths[row], stamp: file.stamp, digest: file.digest, finding: .embedding(embedding),
                    type: engine.typeNumber(of: embedding)))
        } catch {
            return .failure(.photo(error))
        }
    }
}

extension EmbeddingImport.Refusal: Error {}

/// Keeps the lock for as long as anybody has this.
private final class HeldLock {
    private let lock: CatalogueLock

    init(_ lock: consuming CatalogueLock) { self.lock = lock }

    func confirm() async throws { try await lock.confirm() }
}
