import SystemPackage
import TestSupport
import Testing

@testable import Inference

@Suite struct InferenceLibrariesTests {
    private let folder = TemporaryFolder()

    private func libraries(_ engines: EngineName...) throws -> InferenceLibraries {
        var places: [EngineName: [FilePath]] = [.onnxruntime: ["/nowhere"], .openvino: ["/nowhere"]]
        for engine in engines { places[engine] = ["/nowhere", try folder.write([1], to: "\(engine).so")] }
        return InferenceLibraries(places)
    }

    @Test func opensTheOneThatIsNamedAndNoOther() throws {
        let error = #expect(throws: InferenceError.self) {
            _ = try libraries(.onnxruntime).engine(.openvino, for: SessionSettings())
        }
        #expect(error == .libraryMissing(.openvino, searched: ["/nowhere"]))
    }

    @Test func opensNoCardThatIsNotInstalled() throws {
        let libraries = InferenceLibraries([:], cuda: CudaLibraries(searching: ["/nowhere/gpu.so"]))
        let error = #expect(throws: InferenceError.self) {
            _ = try libraries.engine(.auto, for: SessionSettings(device: .cuda))
        }
        #expect(error == .cudaMissing(searched: ["/nowhere/gpu.so"]))
        #expect(error?.description.hasPrefix("--device cuda: ") == true)
        #expect(error?.description.contains("Scripts/setup --cuda") == true)
    }
}
