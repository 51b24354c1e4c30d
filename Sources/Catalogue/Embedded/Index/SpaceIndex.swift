import SectionFiles
import Vectors

/// The index over a space's embeddings, as the catalogue has them at the moment.
///
/// Most lie in segments, which are mapped; those that came later are read from the catalogue, which is the truth.
actor SpaceIndex: EmbeddingIndex {
    private let catalogue: EmbeddedCatalogue
    private let space: EmbeddingSpace
    private var state: State?
    /// Why an index had to be made anew, to be told to the user once.
    private var troubles: [String] = []

    private struct State {
        var index: VectorIndex
        let segments: [IndexSegment]
        /// The changes up to this one are in the index.
        var sequence: Int64
        /// Those up to this one are in the segments.
        let since: Int64
    }

    init(of space: EmbeddingSpace, in catalogue: EmbeddedCatalogue) {
        self.catalogue = catalogue
        self.space = space
    }

    func contents(for request: NearestRequest) async throws -> any NearestContents {
        let state = try await caughtUp()
        return IndexedContents(of: state.index, in: catalogue, request, try await effort(for: request, in: state))
    }

    /// Of the last change that the index knows of.
    var revision: Int64? { state?.sequence }

    func takeTroubles() -> [String] {
        defer { troubles = [] }
        return troubles
    }

    private func caughtUp() async throws -> State {
        guard let state else { return try await open() }
        do {
            let caughtUp = try await catchUp(state)
            self.state = caughtUp
            return caughtUp
        } catch CatalogueError.changesUnknown {
            // Another process has written segments since.
            self.state = nil
            return try await open()
        }
    }

    private func catchUp(_ state: State) async throws -> State {
        let (snapshot, added) = try await catalogue.snapshot(
            of: space, since: state.sequence, into: [(Int64, Embedding)]()
        ) { $0.append(($1.content, Embedding(bytes: $2))) }
        var state = state
        for content in snapshot.removals.keys { state.index.remove(content) }
        for (content, embedding) in added { state.index.take(embedding, of: content) }
        state.sequence = snapshot.sequence
        return state
    }

    private func open() async throws -> State {
        let folder = try await IndexFolder(of: catalogue, space: space)
        var missed: IndexSnapshot?
        while true {
            let (snapshot, recent) = try await catalogue.snapshot(
                of: space, into: VectorIndex(dimension: space.dimension)
            ) {
                $0.take(Embedding(bytes: $2), of: $1.content)
            }
            do {
                let state = State(
                    index: try folder.index(snapshot, of: nil, with: recent), segments: snapshot.segments,
                    sequence: snapshot.sequence, since: snapshot.since)
                self.state = state
                return state
            } catch let trouble {
                // A segment may be gone because another process has just taken it over.
                if missed?.segments == snapshot.segments { try await discard(snapshot.segments, because: "\(trouble)") }
                missed = snapshot
            }
        }
    }

    /// What the segments held is read from the catalogue again.
    private func discard(_ segments: [IndexSegment], because trouble: String) async throws {
        try await dropSegments(segments)
        troubles.append("the index is made anew: \(trouble)")
    }

    private func dropSegments(_ segments: [IndexSegment]) async throws {
        try await catalogue.forget(segments: segments.map(\.name))
        state = nil
    }

    /// What it needs to know is found out quickly enough by the first who searches.
    func prepare(for request: NearestRequest) async throws {}

    func mend(_ damage: VectorError) async throws {
        guard let segments = state?.segments else { return }
        try await discard(segments, because: damage.description)
    }

    /// The bytes of codes up to which all of them are looked at unless something else is asked for: those of some
    /// thirty million embeddings of 512 numbers.
    private static let exactLimit = 2 << 30

    /// How much of the index has to be looked at for a recall; `nil` for all of it, as long as that does not take too long.
    ///
    /// Is measured on the index itself, once for as long as its segments stay the same.
    private func effort(for request: NearestRequest, in state: State) async throws -> MeasuredEffort {
        let isTooMuch = state.index.bytesToScan > Self.exactLimit
        // Where nothing lies in segments yet, nothing can be left out.
        guard let recall = request.recall ?? (isTooMuch ? NearestRequest.usualRecall : nil), recall < 1,
            !state.segments.isEmpty
        else {
            return .exact
        }
        let folder = try await IndexFolder(of: catalogue, space: space)
        var kept = folder.tunings(of: state.segments.map(\.name))
        let name = "\(recall)\(request.name)"
        if let tuning = kept.tunings[name] { return MeasuredEffort(tuning) }
        let tuning = await RecallTuning(
            for: recall, in: state.index, metric: request.metric, tasks: request.tasks, asking: request.query)
        kept.tunings[name] = tuning
        folder.keep(kept)
        return MeasuredEffort(tuning)
    }

    func pendingCount() async throws -> Int { try await pendingCount(.usual) }

    /// How many vectors would be written into a new segment; 0 where it is not worth while.
    func pendingCount(_ policy: FoldingPolicy) async throws -> Int {
        try await policy.plan(for: catalogue.standing(of: space), dimension: space.dimension)?.count ?? 0
    }

    /// Without waiting for a run that has the lock: it will do so itself.
    func foldIfDue() async {
        guard mayBeFolded, let count = try? await pendingCount(), count > 0,
            let lock = try? await catalogue.attemptLock()
        else { return }
        try? await fold(.usual)
        _ = consume lock
    }

    private var mayBeFolded: Bool { state.map { $0.index.recentCount >= FoldingPolicy.usual.leastRecent } ?? true }

    /// Writes what came since the last time into a segment, together with segments that are not much larger.
    ///
    /// Only the process that has the catalogue's lock may do so.
    func fold(_ policy: FoldingPolicy) async throws {
        let folder = try await IndexFolder(of: catalogue, space: space)
        while let plan = try await policy.plan(for: catalogue.standing(of: space), dimension: space.dimension) {
            try await write(plan, in: folder)
        }
        state = nil
        try await IndexFolder.removeUnused(of: catalogue)
    }

    func fold() async throws { try await foldIfWritable(.usual) }

    /// The catalogue has everything, and searches find the same, only more slowly.
    func foldIfWritable(_ policy: FoldingPolicy) async throws {
        do { try await fold(policy) } catch let trouble as SectionFileError {
            troubles.append("searches are slower than they could be: \(trouble)")
        }
    }

    private func write(_ plan: FoldingPolicy.Plan, in folder: IndexFolder) async throws {
        let (snapshot, recent) = try await catalogue.snapshot(
            of: space, limit: plan.recent, into: VectorIndex(dimension: space.dimension)
        ) { $0.take(Embedding(bytes: $2), of: $1.content) }
        let source: VectorSource
        do { source = try folder.index(snapshot, of: plan.segments, with: recent).source } catch {
            return try await discard(snapshot.segments, because: "\(error)")
        }
        guard !source.ids.isEmpty || !plan.isWhole else { return try await dropSegments(snapshot.segments) }
        let segment = IndexSegment(name: folder.newName(), sequence: snapshot.sequence, rows: source.ids.count)
        try await folder.write(source, as: segment.name)
        do {
            try await catalogue.record(
                segment, replacing: plan.segments.sorted(), since: snapshot.since, space: space)
        } catch {
            folder.remove(segment.name)
            throw error
        }
    }
}

extension VectorIndex {
    /// An embedding that cannot be compared is never found.
    fileprivate mutating func take(_ embedding: Embedding, of content: Int64) { try? insert(content, embedding) }
}

extension Embedding {
    fileprivate init(bytes: UnsafeRawBufferPointer) {
        self.init(
            [Float](unsafeUninitializedCapacity: bytes.count / 4) { values, count in
                UnsafeMutableRawBufferPointer(values).copyMemory(from: bytes)
                count = bytes.count / 4
            })
    }
}

extension IndexFolder {
    /// Some segments, or all, without what was removed from them, and what is in none.
    fileprivate func index(_ snapshot: IndexSnapshot, of names: Set<String>?, with recent: VectorIndex) throws
        -> VectorIndex
    {
        var index = recent
        for segment in snapshot.segments where names?.contains(segment.name) ?? true {
            let removed = snapshot.removals.keys.filter { snapshot.isRemoved($0, from: segment) }
            index.insert(try open(segment.name), without: removed)
        }
        return index
    }
}
