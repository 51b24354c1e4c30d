import Catalogue
import Embedders
import Imaging
public import Inference
public import Networks
import Vectors

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Makes an int8 model of an installed one, with photos like those that it will describe.
public struct Quantization: Sendable {
    /// What takes so long that people want to see how far it is.
    public enum Step: String, Sendable {
        case reading = "Reading photos"
        case measuring = "Measuring ranges"
        case correcting = "Measuring errors"
        case comparing = "Comparing neighbours"
    }

    /// Told what is done and how far it is, from any task.
    public typealias Progress = @Sendable (_ step: Step, _ done: Int, _ total: Int) -> Void

    /// Photos that neighbours are compared on.
    private static let heldOut = 512
    /// With fewer, the nearest ten would be nearly all of them.
    static let fewest = 24
    /// How many of the first layers are left in floating point, tried in turn until enough neighbours are kept.
    private static let floatLayers = [0, 1, 2, 4, 6, 9, 13]

    private let choice: ModelChoice
    private let engine: EngineName
    private let installation: Installation
    /// The share of the nearest ten that must be kept.
    private let minimumOverlap: Double
    private let calibrationCount: Int

    /// Throws an `EmbedderError` or an `InferenceError` where there is no such model, or no int8 here.
    public init(
        of model: String, features: Features? = nil, engine: EngineName = .auto, calibratingOn count: Int = 256,
        keeping minimumOverlap: Double = 0.95, installation: Installation = .standard
    ) throws {
        var settings = SessionSettings(precision: .int8)
        self.engine = try type(of: installation.libraries.engine(engine, for: settings)).name
        (settings.precision, settings.isForMany) = (.float32, true)
        settings.concurrentRuns = SearchEngine.processorCount
        choice = try installation.models.choice(model, features: features, settings: settings)
        // What an adapter is of is quantized under its own name.
        guard choice.trained == nil else { throw EmbedderError.noWeights(model: model) }
        self.installation = installation
        self.minimumOverlap = minimumOverlap
        calibrationCount = count
    }

    /// Quantizes, compares and installs. Throws a `QuantizationRefusal` where too few neighbours are kept; then, as after
    /// any other error and in a cancelled task, nothing is installed.
    public func run(on folders: [PhotoFolder], progress: @escaping Progress) async throws -> QuantizationReport {
        var quantizer = try ModelQuantizer(of: choice, in: installation.models, libraries: installation.libraries)
        let photos = try await sample(folders, progress)
        let (calibration, rest) = photos.split(min(calibrationCount, photos.count / 2))
        try await quantizer.noteRanges(calibration.described(by: quantizer.ranges()) { progress(.measuring, $0, $1) })
        try await quantizer.noteErrors(calibration.described(by: quantizer.errors()) { progress(.correcting, $0, $1) })
        let trial = try await trial(of: quantizer, on: rest, progress)
        let report = try QuantizationReport(
            model: choice.model.id, engine: engine, agreement: trial.agreement, floatLayers: trial.floatLayers,
            layers: quantizer.layerCount, calibrated: calibration.count, compared: rest.count,
            bytes: (installation.models.size(of: choice), trial.weights.safetensors().count),
            speed: trial.speed(on: rest))
        guard trial.agreement.overlap >= minimumOverlap else {
            throw QuantizationRefusal(report: report, minimum: minimumOverlap)
        }
        try Task.checkCancellation()
        _ = try installation.models.install(trial.weights, for: choice)
        return report
    }

    /// For calibration and comparison.
    private func sample(_ folders: [PhotoFolder], _ progress: Progress) async throws -> PhotoSample {
        let paths = try await folders.photos()
        let count = calibrationCount + Self.heldOut
        let chosen = PhotoSample.places(count, of: paths.count).map { paths[$0] }
        let sample = try PhotoSample(chosen, framedFor: choice.inputs) { progress(.reading, $0, chosen.count) }
        guard sample.count >= Self.fewest else { throw SearchError.tooFewPhotos(sample.count, needed: Self.fewest) }
        return sample
    }

    /// The first that keeps enough neighbours, or else the best.
    private func trial(of quantizer: ModelQuantizer, on photos: PhotoSample, _ progress: @escaping Progress)
        async throws
        -> QuantizationTrial
    {
        let float = try installation.embedder(for: choice)
        let references = try await photos.described(by: float) { progress(.comparing, $0, $1) }
        let layers = quantizer.weights()
        var best: QuantizationTrial?
        for count in Self.floatLayers where count < quantizer.layerCount {
            let weights = layers.file(keepingFirst: count)
            let int8 = try quantizer.embedder(with: weights, engine: engine)
            let embeddings = try await photos.described(by: int8) { progress(.comparing, $0, $1) }
            let agreement = try Agreement(photos.paths, references, embeddings)
            if agreement.overlap > best?.agreement.overlap ?? -1 {
                best = QuantizationTrial(
                    floatLayers: count, weights: weights, agreement: agreement, float: float, int8: int8)
            }
            if agreement.overlap >= minimumOverlap { break }
        }
        guard let best else { throw EmbedderError.noWeights(model: choice.model.id) }
        return best
    }
}

extension ModelStore {
    /// Of the weights in float32, in bytes.
    fileprivate func size(of choice: ModelChoice) -> Int {
        path(of: choice.model).flatMap { try? FileStatus(following: $0) }.map { Int($0.stamp.size) } ?? 0
    }
}

/// Integers that were compared with the numbers that they stand for.
private struct QuantizationTrial {
    let floatLayers: Int
    let weights: WeightFile
    let agreement: Agreement
    let float: any Embedder
    let int8: any Embedder

    /// Processor seconds a photo, the least of some rounds in turn: what else runs on the machine only adds to them.
    func speed(on photos: PhotoSample) throws -> (float: Double, int8: Double) {
        let batch = Array(photos.images.prefix(SearchEngine.batchSize))
        var least = (float: Double.infinity, int8: Double.infinity)
        for _ in 0..<5 {
            least.float = min(least.float, try Self.seconds(of: { _ = try float.embed(batch) }) / Double(batch.count))
            least.int8 = min(least.int8, try Self.seconds(of: { _ = try int8.embed(batch) }) / Double(batch.count))
        }
        return least
    }

    private static func seconds(of work: () throws -> Void) rethrows -> Double {
        let start = clock()
        try work()
        return Double(clock() - start) / Double(CLOCKS_PER_SEC)
    }
}
