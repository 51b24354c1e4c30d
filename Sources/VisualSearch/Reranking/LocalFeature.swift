import Catalogue
import Embedders
import Imaging
import Ranking

/// What is found out of a photo to rank it by, and kept in the catalogue.
protocol LocalFeature: Sendable {
    /// Names what decides it.
    static func kind(of engine: SearchEngine) -> LocalFeatureKind

    /// What each photo is made into first.
    static func inputs(of engine: SearchEngine) -> [InputSpec]

    /// One for each photo, in the same order.
    static func found(in photos: [FramedPhoto], by engine: SearchEngine) async throws -> [Self]

    /// Takes what was kept; `nil` where that cannot be.
    init?(kept bytes: [UInt8])

    var bytes: [UInt8] { get }
}

extension ColourSignature: LocalFeature {
    static func kind(of engine: SearchEngine) -> LocalFeatureKind {
        LocalFeatureKind(identity: "colour signature r\(revision)\(engine.choice.cutOutMark)")
    }

    static func inputs(of engine: SearchEngine) -> [InputSpec] { [input] }

    static func found(in photos: [FramedPhoto], by engine: SearchEngine) -> [ColourSignature] {
        photos.map { ColourSignature(of: $0.pictures[0]) }
    }

    init?(kept bytes: [UInt8]) { self.init(bytes: bytes) }
}

extension PatchGrid: LocalFeature {
    static func kind(of engine: SearchEngine) -> LocalFeatureKind {
        // A model that was trained sees places as it did before.
        let base = engine.choice.untrained ?? engine.choice
        return LocalFeatureKind(
            identity: "patches of \(base.identity)",
            space: EmbeddingSpace(identity: base.identity, dimension: base.dimension))
    }

    static func inputs(of engine: SearchEngine) -> [InputSpec] { engine.choice.inputs }

    static func found(in photos: [FramedPhoto], by engine: SearchEngine) async throws -> [PatchGrid] {
        try await engine.patches(of: photos).map { patches in
            guard let patches else { throw SearchError.seesNoPlaces(model: engine.choice.name) }
            return patches
        }
    }

    init?(kept bytes: [UInt8]) { self.init(numbers: bytes.map(Int8.init(bitPattern:))) }

    var bytes: [UInt8] { numbers.map(UInt8.init(bitPattern:)) }

    /// As they are compared.
    var vectors: PatchVectors { PatchVectors(numbers, dimension: Self.dimension) }
}
