public import Catalogue
public import Embedders
import Hashing
public import Imaging
import Inference
public import SystemPackage
import Vectors

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Keeps a catalogue of garment photos up to date, and finds those in it that look alike.
public actor SearchEngine {
    nonisolated let catalogue: any PhotoCatalogue
    /// What the names of files begin with that are kept on this machine for the catalogue.
    nonisolated let companion: FilePath
    /// The embeddings that this engine makes and compares.
    nonisolated let space: EmbeddingSpace
    /// The model that describes photos, and how.
    public nonisolated let choice: ModelChoice
    nonisolated let work = WorkMeter()
    /// Finds the nearest embeddings.
    nonisolated let index: any EmbeddingIndex
    /// How many photos one task decodes and embeds together.
    static let batchSize = 8
    /// How many photos are decoded and embedded at once.
    public static let processorCount = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    nonisolated let processors = processorCount
    nonisolated let decoder: ImageDecoder
    /// Of photos that somebody asks with, who may be anybody.
    nonisolated let queryDecoder: any PhotoDecoding
    private let load: @Sendable (ModelChoice) throws -> any Embedder
    private var model: LoadedModel?
    private var loadedSegmenter: Segmenter?
    private var loadedPlaceTeller: PlaceTeller?
    private(set) var queryMemory = QueryMemory()
    /// How strange a query may be, as of a change of the index.
    private(set) var strangeness: (revision: Int64?, limit: Double)?
    /// From so many photos on, the engine that is fastest in the long run pays for its slower start.
    private static let many = 50
    private var isForMany = false

    /// Opens a catalogue, or makes it; without a name, the user's own. No model is loaded before the first
    /// photo has to be embedded. Throws a `CatalogueError`.
    ///
    /// Photos that somebody asks with, and that lie in no file, are decoded by `queryDecoder`, where there is one.
    public init(
        catalogue location: CatalogueLocation? = nil, model choice: ModelChoice, installation: Installation = .standard,
        decoder: ImageDecoder = ImageDecoder(), queryDecoder: (any PhotoDecoding)? = nil
    ) throws {
        try installation.check(choice)
        let choice = try installation.models.settled(choice, libraries: installation.libraries)
        let location = location ?? installation.catalogue
        try self.init(
            catalogue: location, companion: installation.companion(of: location), model: choice, decoder: decoder,
            queryDecoder: queryDecoder
        ) { try installation.embedder(for: $0) }
    }

    /// `load` makes the model ready, each time that it is needed in another way.
    init(
        catalogue location: CatalogueLocation, companion: FilePath, model choice: ModelChoice,
        decoder: ImageDecoder = ImageDecoder(),
        queryDecoder: (any PhotoDecoding)? = nil,
        load: @escaping @Sendable (ModelChoice) throws -> any Embedder
    ) throws {
        catalogue = try location.open()
        self.companion = companion
        space = EmbeddingSpace(identity: choice.identity, dimension: choice.dimension)
        index = catalogue.index(of: space, for: choice.views == nil ? .cosine : .dot)
        self.choice = choice
        self.decoder = decoder
        self.queryDecoder = queryDecoder ?? decoder
        self.load = load
    }

    /// What this engine has done so far.
    public nonisolated var workload: Workload { work.total }

    /// What was wrong with the index and is mended, in sentences; each is told once.
    public nonisolated func troubles() async -> [String] { await index.takeTroubles() }

    /// The folders that the catalogue was brought up to date with at any time, in the order of their paths.
    public nonisolated var roots: [FilePath] {
        get async throws { try await catalogue.roots() }
    }

    /// Remembers a folder that is to be brought up to date and searched.
    public nonisolated func add(root folder: PhotoFolder) async throws { try await catalogue.add(root: folder.path) }

    /// Brings the catalogue up to date with some folders, as the events are asked for.
    public nonisolated func refresh(_ folders: [PhotoFolder]) -> IndexingRun {
        IndexingRun(engine: self, folders: folders)
    }

    /// Takes part in bringing the catalogue up to date that another machine has begun, until nothing is left of it. Throws
    /// `SearchError.sharesNoWork` where the catalogue lies in a file.
    public nonisolated func help() -> IndexingRun { IndexingRun(engine: self, folders: nil) }

    /// Says which decoder found a photo faulty: one that reads more may find otherwise.
    nonisolated var judge: String { "decoder 1, \(decoder.megapixelLimit) megapixels" }

    nonisolated func plan(for folders: [PhotoFolder]) async throws -> IndexingPlan {
        let plan = try await IndexingPlan(for: folders, space: space, judge: judge, in: catalogue)
        for folder in folders { try await catalogue.add(root: folder.path) }
        return plan
    }

    nonisolated func embed(_ photos: [FramedPhoto]) async throws -> [Embedding] {
        let embeddings = try await StageClock.measured(.embed) { try await loadedModel().embed(photos) }
        work.add(photos.count, to: \.embedded)
        return embeddings
    }

    /// Embeds photos and tells what the network sees in each of their places, where it does: on a device, without waiting for
    /// others' photos.
    nonisolated func describe(_ photos: [FramedPhoto]) async throws -> [(embedding: Embedding, patches: PatchGrid?)] {
        let described = try await loadedModel().describe(photos)
        work.add(photos.count, to: \.embedded)
        guard let teller = try await placeTeller() else { return described }
        return zip(described, try teller.patches(of: photos)).map { ($0.embedding, $1) }
    }

    /// The same without embeddings, where these are not wanted.
    nonisolated func patches(of photos: [FramedPhoto]) async throws -> [PatchGrid?] {
        guard let teller = try await placeTeller() else { return try await describe(photos).map(\.patches) }
        work.add(photos.count, to: \.embedded)
        return try teller.patches(of: photos)
    }

    /// To be told before so many photos are embedded; a model that was loaded for few is loaded anew for many.
    func expect(_ photos: Int) {
        guard photos >= Self.many, !isForMany else { return }
        isForMany = true
        (model, loadedSegmenter, loadedPlaceTeller) = (nil, nil, nil)
    }

    /// How many batches are decoded at most while the model is being loaded, which takes one processor some tenths of a
    /// second: the framed photos of so many take some fifty megabytes.
    private static let batchesDuringLoading = 40

    /// How many batches of an indexing run are under way: enough that no processor runs out of work while a
    /// transaction is written, and that a device, once it is known, finds its next photos decoded.
    var batchesUnderWay: Int {
        model == nil ? max(sharedBatchesUnderWay, Self.batchesDuringLoading) : sharedBatchesUnderWay
    }

    /// The same where others want some of the photos, too, and may have their models already.
    var sharedBatchesUnderWay: Int {
        Self.batchesUnderWay(processors: processors, deviceBatch: model?.deviceBatch ?? 0)
    }

    static func batchesUnderWay(processors: Int, deviceBatch: Int) -> Int {
        max(3 * processors, processors + DeviceQueue.runsAtOnce * deviceBatch / batchSize)
    }

    /// What cuts garments out.
    func segmenter() throws -> Segmenter {
        if let loadedSegmenter { return loadedSegmenter }
        let segmenter = Segmenter(try embedder(for: choice.segmenter))
        loadedSegmenter = segmenter
        return segmenter
    }

    /// What tells what is in photos' places, where the model's embeddings do not.
    private func placeTeller() throws -> PlaceTeller? {
        if let loadedPlaceTeller { return loadedPlaceTeller }
        guard let choice = choice.placeTeller else { return nil }
        loadedPlaceTeller = PlaceTeller(try embedder(for: choice), of: choice)
        return loadedPlaceTeller
    }

    func keep(strangeness limit: Double, asOf revision: Int64?) { strangeness = (revision, limit) }

    func remember(_ mask: GarmentMask?, of digest: SHA256Digest) { queryMemory.remember(mask, of: digest) }

    func remember(_ embedding: Embedding, of picture: QueryMemory.Picture) {
        queryMemory.remember(embedding, of: picture)
    }

    /// Loads the model and opens the index, so that nobody waits for that later.
    public func warmUp() async throws {
        _ = try loadedModel()
        _ = try await index.contents(for: usualRequest)
    }

    /// As most searches ask.
    private nonisolated var usualRequest: NearestRequest {
        IndexRequest(SearchOptions(), views: choice.views).nearest(among: nil)
    }

    /// Takes what is new into the index, and finds out what most searches need to know of it.
    nonisolated func fold() async throws {
        try await index.fold()
        try await index.prepare(for: usualRequest)
    }

    private func loadedModel() throws -> LoadedModel {
        if let model { return model }
        let model = LoadedModel(try embedder(for: choice))
        self.model = model
        return model
    }

    private func embedder(for choice: ModelChoice) throws -> any Embedder {
        var choice = choice
        choice.settings.concurrentRuns = processors
        choice.settings.isForMany = isForMany
        return try load(choice)
    }
}
