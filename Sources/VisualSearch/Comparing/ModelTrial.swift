public import Embedders
import Evaluation
import Imaging
import Inference
import SystemPackage
import Vectors

/// Measures one model on photos. Memory is that of the whole process, so each trial needs one of its own.
public struct ModelTrial: Sendable {
    /// Ready pictures that the model alone is timed on, again and again until the time is long enough to be measured.
    private static let readyCount = 64
    private static let leastSeconds = 2.0

    private let choice: ModelChoice
    private let photos: [(path: FilePath, label: String?)]
    private let installation: Installation
    private let decoder = ImageDecoder()

    /// Takes at most `limit` photos of the folders, evenly spread; with labels, of those that have one.
    ///
    /// Throws a `SearchError` where there is no photo, and a `LabelError` where none has a label, or all have the same.
    public init(
        of choice: ModelChoice, on folders: [PhotoFolder], labels: PhotoLabels? = nil, limit: Int,
        installation: Installation = .standard
    ) async throws {
        let all = try await folders.photos()
        let usable = all.map { (path: $0, label: labels?.label(of: $0)) }.filter { labels == nil || $0.label != nil }
        guard !all.isEmpty else { throw SearchError.tooFewPhotos(0, needed: 1) }
        guard !usable.isEmpty else { throw LabelError.noneInFolders }
        if let label = usable[0].label, usable.allSatisfy({ $0.label == label }) { throw LabelError.onlyOne(label) }
        photos = PhotoSample.places(limit, of: usable.count).map { usable[$0] }
        (self.choice, self.installation) = (choice, installation)
    }

    /// Measures; throws an `EmbedderError` where the model cannot be loaded.
    public func run() async throws -> ModelFigures {
        let startUp = try await Measurement { try await describeOne() }
        let model = try loaded(forMany: true)
        let described = try await Measurement { try await describeAll(by: model) }
        let ready = photos.prefix(Self.readyCount).compactMap { try? frame($0.path) }
        let alone = try await Measurement(atLeast: Self.leastSeconds) { try await describe(ready, by: model) }
        let aloneCount = Double(alone.repetitions * ready.count)
        return ModelFigures(
            model: choice.name, engine: engineName, dimension: choice.dimension, photoCount: described.value.count,
            startUp: startUp.elapsed, modelTime: alone.processorTime / aloneCount * 1000,
            modelRate: aloneCount / alone.elapsed, rate: Double(described.value.count) / described.elapsed,
            peakMemory: ProcessMemory.peak, quality: try quality(of: described.value))
    }

    private var engineName: String? {
        if case .handMade = choice.model.kind { return nil }
        return installation.libraries.plan(choice.engine, for: settings(forMany: true)).engine.title
    }

    private func settings(forMany isForMany: Bool) -> SessionSettings {
        var settings = choice.settings
        (settings.isForMany, settings.concurrentRuns) = (isForMany, SearchEngine.processorCount)
        return settings
    }

    private func loaded(forMany isForMany: Bool) throws -> LoadedModel {
        var choice = choice
        choice.settings = settings(forMany: isForMany)
        return LoadedModel(try installation.embedder(for: choice))
    }

    private func quality(of described: [DescribedPhoto]) throws -> RetrievalQuality? {
        let labels = described.compactMap(\.label)
        guard labels.count == described.count else { return nil }
        return try RetrievalQuality(of: described.map(\.embedding), labels: labels)
    }
}

// MARK: Describing photos

private struct DescribedPhoto: Sendable {
    let label: String?
    let embedding: Embedding
}

extension ModelTrial {
    private func frame(_ path: FilePath) throws -> FramedPhoto {
        try decoder.decode(PhotoFile(reading: path).bytes, framedFor: choice.inputs)
    }

    /// As a query would be.
    private func describeOne() async throws {
        let model = try loaded(forMany: false)
        for photo in photos {
            guard let image = try? frame(photo.path) else { continue }
            _ = try await model.embed([image])
            return
        }
        throw SearchError.tooFewPhotos(0, needed: 1)
    }

    /// As indexing does, but for the catalogue; photos that cannot be read are left out.
    private func describeAll(by model: LoadedModel) async throws -> [DescribedPhoto] {
        try await photos.inBatches(atOnce: batchesUnderWay(on: model)) { batch in
            let framed = batch.compactMap { photo in (try? frame(photo.path)).map { (photo.label, $0) } }
            let embeddings = framed.isEmpty ? [] : try await model.embed(framed.map(\.1))
            return zip(framed, embeddings).map { DescribedPhoto(label: $0.0, embedding: $1) }
        }
    }

    private func describe(_ ready: [FramedPhoto], by model: LoadedModel) async throws {
        _ = try await ready.inBatches(atOnce: batchesUnderWay(on: model)) { try await model.embed($0) }
    }

    private func batchesUnderWay(on model: LoadedModel) -> Int {
        SearchEngine.batchesUnderWay(processors: SearchEngine.processorCount, deviceBatch: model.deviceBatch ?? 0)
    }
}
