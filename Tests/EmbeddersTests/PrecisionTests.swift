import Embedders
import Imaging
import Inference
import Networks
import TestSupport
import Testing
import Vectors

/// Embeddings of every engine stand side by side in a catalogue, so they must be the same.
@Suite(.enabled(if: InstalledModels.hasOpenVino, Comment(rawValue: InstalledModels.absence)))
struct PrecisionTests {
    private func embeddings(_ model: String, _ engine: EngineName, _ precision: Precision) throws -> [Embedding] {
        let settings = SessionSettings(device: .cpu, precision: precision)
        let choice = try ModelChoice(model, features: .pooled, engine: engine, settings: settings)
        let embedder = try installedStore.embedder(for: choice)
        return try embedder.embed((0..<5).map { .pattern(embedder.input.side, seed: $0) })
    }

    @Test(arguments: installedNetworks)
    func enginesAgreeInFloat32(model: String) throws {
        let pairs = zip(try embeddings(model, .onnxruntime, .float32), try embeddings(model, .openvino, .float32))
        for (one, other) in pairs {
            #expect(one.cosine(other) >= 1 - 1e-9)
            #expect(one.difference(other) < 1e-4)
        }
    }

    @Test(.enabled(if: OpenVino.hasBfloat16, "needs a processor with bfloat16"), arguments: installedNetworks)
    func bfloat16IsNear(model: String) throws {
        let pairs = zip(try embeddings(model, .onnxruntime, .float32), try embeddings(model, .openvino, .bfloat16))
        for (one, other) in pairs { #expect(one.cosine(other) >= 0.99) }
    }
}
