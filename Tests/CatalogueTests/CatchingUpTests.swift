import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import Catalogue

/// Whatever happens to a catalogue, the index that is derived from it holds its embeddings.
@Suite struct CatchingUpTests {
    @Test(arguments: 0..<12 as Range<UInt64>) func whateverHappensTheIndexIsComplete(seed: UInt64) async throws {
        var course = try Course(seed: seed)
        for _ in 0..<250 {
            try await course.happen()
            try await course.check()
        }
        // Otherwise the course says little.
        #expect(course.recorded > 10 && course.refused > 0 && course.caughtUp > 0)
    }

    @Test func everySnapshotIsOfOneMoment() async throws {
        let bench = try EmbeddedBench()
        let (indexer, reader) = (try bench.again(), try bench.again())
        let index = Mutex(DerivedIndex())
        let space = EmbeddedBench.space
        // Nobody can index a space that is not there yet.
        try await bench.record(.photo("/0.jpg", 0))
        let indexing = Task {
            var number = 0
            while !Task.isCancelled {
                let (state, name) = (try await indexer.snapshot(), "\(number)")
                number += 1
                let draft = index.withLock { $0.draft(name, state, merging: [], space: space) }
                try await indexer.catalogue.record(draft.segment, since: draft.since, space: space)
            }
        }
        let recording = Task {
            for number in 1..<150 { try await bench.record(.photo(FilePath("/\(number).jpg"), number)) }
        }
        var seen = 0
        while seen < 150 {
            let state = try await reader.snapshot()
            let numbers = index.withLock { $0.rows(of: state) }.map { Int($0.values[0]) }.sorted()
            #expect(numbers == Array(0..<numbers.count))
            guard numbers.count >= seen else { break }
            seen = numbers.count
        }
        #expect(seen == 150)
        try await recording.value
        indexing.cancel()
        try await indexing.value
    }
}

/// Random things that happen to one catalogue, which two programs use, and to the index of its two spaces.
private struct Course {
    private static let spaces = ["one", "two"].map { EmbeddingSpace(identity: $0, dimension: 3) }
    private static let paths = (0..<8).flatMap { [FilePath("/a/\($0).jpg"), FilePath("/b/\($0).jpg")] }

    private let benches: [EmbeddedBench]
    private var random: SeededRandom
    private var model = CatalogueModel()
    private var index = DerivedIndex()
    private var drafts: [DerivedIndex.Draft] = []
    private var loaded: [String: LoadedIndex] = [:]
    private var files = 0

    private(set) var recorded = 0
    private(set) var refused = 0
    private(set) var caughtUp = 0

    init(seed: UInt64) throws {
        let bench = try EmbeddedBench()
        benches = [bench, try bench.again()]
        random = SeededRandom(seed: seed)
    }

    mutating func happen() async throws {
        let space = Self.spaces.randomElement(using: &random)!
        switch Int.random(in: 0..<40, using: &random) {
        case 0..<12: try await record(in: space)
        case 12..<14: try await lose()
        case 14: try await forgetFolder()
        case 15..<17: try await forgetPhotos()
        case 17: try await forget(space)
        case 18..<23: try await draft(in: space)
        case 23..<25: try await merge(in: space)
        case 25..<34: try await recordDraft()
        case 34: try await forgetSegments()
        default: try await catchUp(in: space)
        }
    }

    func check() async throws {
        for space in Self.spaces {
            let state = try await benches[0].snapshot(space: space)
            let rows = index.rows(of: state)
            #expect(rows.map(\.values).sorted { $0[0] < $1[0] } == model.values(in: space.identity))
            #expect(Set(rows.map(\.content)).count == rows.count)
            #expect(state.sequences == state.sequences.sorted())
            #expect(state.sequences.allSatisfy { $0 <= state.snapshot.sequence })
        }
    }

    private mutating func catalogue() -> EmbeddedCatalogue { benches.randomElement(using: &random)!.catalogue }

    private mutating func somePaths() -> [FilePath] {
        Array(Self.paths.shuffled(using: &random).prefix(.random(in: 1...3, using: &random)))
    }
}

// Photos.
extension Course {
    private mutating func record(in space: EmbeddingSpace) async throws {
        var batch: [PhotoRecord] = []
        for path in somePaths() {
            let content = Int.random(in: 0..<12, using: &random)
            let values: [Float] = [Float(content), Float.random(in: 0..<3, using: &random).rounded(), 1]
            batch.append(.photo(path, content, embedded: values))
            model.record(path, content, values, in: space.identity)
        }
        try await catalogue().record(batch, space: space)
    }

    private mutating func lose() async throws {
        let paths = somePaths()
        for path in paths { model.lose(path) }
        try await catalogue().forget(paths)
    }

    private mutating func forgetFolder() async throws {
        let folder: FilePath = Bool.random(using: &random) ? "/a" : "/b"
        model.forgetPhotos { $0.starts(with: folder) }
        _ = try await catalogue().forget(root: folder)
    }

    private mutating func forgetPhotos() async throws {
        let paths = somePaths()
        model.forgetPhotos(where: paths.contains)
        _ = try await catalogue().forget(photos: paths)
    }

    private mutating func forget(_ space: EmbeddingSpace) async throws {
        model.forget(space.identity)
        try await catalogue().forget([space])
    }
}

// Segments.
extension Course {
    private mutating func draft(in space: EmbeddingSpace) async throws {
        let state = try await benches[1].snapshot(space: space)
        let merged = state.snapshot.segments.map(\.name).filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
        drafts.append(index.draft(name(), state, merging: merged, space: space))
    }

    private mutating func merge(in space: EmbeddingSpace) async throws {
        let snapshot = try await benches[1].snapshot(space: space).snapshot
        let merged = snapshot.segments.filter { _ in Bool.random(using: &random) }
        guard let covered = merged.map(\.sequence).max() else { return }
        drafts.append(
            index.merge(
                merged.map(\.name), of: snapshot, as: name(),
                sequence: .random(in: covered...snapshot.since, using: &random), space: space))
    }

    private mutating func name() -> String {
        files += 1
        return "file \(files)"
    }

    /// What happened since the draft was made may have made it useless.
    private mutating func recordDraft() async throws {
        let isLatest = Bool.random(using: &random)
        guard let place = isLatest ? drafts.indices.last : drafts.indices.randomElement(using: &random) else { return }
        let draft = drafts.remove(at: place)
        do {
            try await catalogue().record(
                draft.segment, replacing: draft.replaced, since: draft.since, space: draft.space)
            recorded += 1
        } catch .segmentsChanged {
            refused += 1
        }
    }

    private mutating func forgetSegments() async throws {
        let names = try await catalogue().segmentNames().sorted()
        try await catalogue().forget(segments: names.randomElement(using: &random).map { [$0] } ?? [])
    }

    /// Another index in memory, which reads the whole only when it has to.
    private mutating func catchUp(in space: EmbeddingSpace) async throws {
        var known = loaded[space.identity, default: LoadedIndex()]
        do {
            guard let since = known.sequence else { throw CatalogueError.changesUnknown(space: "", since: 0) }
            known.apply(try await benches[0].snapshot(since: since, space: space))
            caughtUp += 1
        } catch CatalogueError.changesUnknown {
            let state = try await benches[0].snapshot(space: space)
            known = LoadedIndex(index.rows(of: state), sequence: state.snapshot.sequence)
        }
        #expect(known.sortedValues == model.values(in: space.identity))
        loaded[space.identity] = known
    }
}
