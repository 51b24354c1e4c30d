import Foundation
import Hashing
import Imaging
import Inference
import SystemPackage
import TestSupport
import Testing
import Vectors

@testable import Embedders
@testable import Networks

@Suite struct ModelStoreQuantizedTests {
    private let folder = TemporaryFolder()
    private var store: ModelStore { ModelStore(folder: folder.path) }
    private let noLibraries = InferenceLibraries([.onnxruntime: ["/nowhere"]])

    private func choice(_ model: String = "efficientnet-lite0", engine: EngineName = .onnxruntime) throws -> ModelChoice
    {
        try ModelChoice(model, features: .pooled, engine: engine, settings: SessionSettings(precision: .int8))
    }

    @Test func namesTheCommandThatQuantizes() throws {
        let error = #expect(throws: EmbedderError.self) { try store.settled(choice(), libraries: noLibraries) }
        #expect(error?.description.contains("lookalike models quantize efficientnet-lite0 --photos") == true)
        #expect(error?.description.contains("efficientnet-lite0-57934424-pooled-int8.safetensors") == true)
    }

    @Test func leavesOtherChoicesAsTheyAre() throws {
        #expect(try store.settled(ModelChoice(), libraries: noLibraries).identity == ModelChoice().identity)
        let handMade = try choice("colour-layout")
        #expect(try store.settled(handMade, libraries: noLibraries).identity == handMade.identity)
    }

    @Test func isAnotherModelOnceItIsQuantizedAnew() throws {
        let choice = try choice()
        let identities = try [1, 2, 1].map { number in
            _ = try store.install(WeightFile(byName: ["w": .init("w", .int8, shape: [1], [Int8(number)])]), for: choice)
            return try store.settled(choice, libraries: noLibraries).identity
        }
        #expect(identities[0] == identities[2] && identities[0] != identities[1])
        #expect(identities[0].hasSuffix(" onnxruntime"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path.string).count == 1)
    }

    @Test func computesNothingWithAFileThatIsNotTheOneItWasSettledOn() throws {
        let weights = WeightFile(byName: ["w": .init("w", .int8, shape: [1], [Int8(1)])])
        _ = try store.install(weights, for: choice())
        let settled = try store.settled(choice(), libraries: noLibraries)
        _ = try store.install(WeightFile(byName: [:]), for: settled)
        #expect(throws: EmbedderError.quantizedAnew(model: "efficientnet-lite0")) {
            try store.embedder(for: settled, libraries: noLibraries)
        }
    }

    @Test func saysThatAFileIsOfAnotherNetwork() throws {
        let path = try store.install(WeightFile(byName: ["w": .init("w", .int8, shape: [1], [Int8(1)])]), for: choice())
        let error = #expect(throws: EmbedderError.self) {
            try store.embedder(for: store.settled(choice(), libraries: noLibraries), libraries: noLibraries)
        }
        #expect(error?.description.hasPrefix("\(path): ") == true)
        #expect(error?.description.contains("lookalike models quantize efficientnet-lite0") == true)
    }

    @Test(arguments: [0, 7, 1000])
    func refusesADamagedFile(length: Int) throws {
        _ = try store.install(WeightFile(byName: ["w": .init("w", .int8, shape: [1], [Int8(1)])]), for: choice())
        let path = try #require(try store.quantizedPath(of: choice()))
        try Data(repeating: 0xFF, count: length).write(to: URL(fileURLWithPath: path.string))
        let error = #expect(throws: EmbedderError.self) {
            try store.embedder(for: store.settled(choice(), libraries: noLibraries), libraries: noLibraries)
        }
        guard case .weights(.unreadable(path, _)) = error else { return #expect(Bool(false), "\(error!)") }
    }

    @Test func quantizesNothingWithoutWeights() throws {
        #expect(throws: EmbedderError.noWeights(model: "colour-layout")) {
            try ModelQuantizer(of: choice("colour-layout"), in: store, libraries: noLibraries)
        }
        #expect(throws: EmbedderError.self) { try ModelQuantizer(of: choice(), in: store, libraries: noLibraries) }
    }

    @Test(
        .enabled(if: InstalledModels.areThere && Precision.hasInt8, "needs weights, a library and VNNI"),
        arguments: NetworkTests.engines)
    func describesPhotosMuchAsInFloat32(engine: EngineName) throws {
        let libraries = InstalledModels.libraries
        let float = try ModelChoice(features: .pooled, engine: engine, settings: SessionSettings(precision: .float32))
        let photos = (0..<6).map { PixelImage.pattern(float.input.side, seed: $0) }
        var quantizer = try ModelQuantizer(of: float, in: installedStore, libraries: libraries)
        quantizer.noteRanges(try quantizer.ranges().embed(photos))
        quantizer.noteErrors(try quantizer.errors().embed(photos))
        let weights = quantizer.weights().file(keepingFirst: 2)
        _ = try store.install(weights, for: float)
        let settled = try store.settled(choice(engine: engine), libraries: libraries)
        let found = try store.embedder(for: settled, libraries: libraries).embed(photos)
        #expect(try quantizer.embedder(with: weights, engine: engine).embed(photos) == found)
        for (exact, found) in zip(try installedStore.embedder(for: float).embed(photos), found) {
            #expect(found.cosine(exact) >= 0.98)
        }
    }
}
