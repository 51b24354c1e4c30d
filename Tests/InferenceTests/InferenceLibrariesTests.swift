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

    private func settings(_ precision: Precision = .auto, isForMany: Bool) -> SessionSettings {
        var settings = SessionSettings(precision: precision)
        settings.isForMany = isForMany
        return settings
    }

    @Test func takesForManyPhotosWhatIsFastestInTheLongRun() throws {
        let libraries = try libraries(.onnxruntime, .openvino)
        #expect(libraries.fastest(for: settings(isForMany: true)) == .openvino)
        #expect(libraries.fastest(for: settings(.float32, isForMany: true)) == .openvino)
    }

    @Test func takesForAFewPhotosWhatStartsFastest() throws {
        #expect(try libraries(.onnxruntime, .openvino).fastest(for: settings(isForMany: false)) == .onnxruntime)
    }

    @Test(arguments: [true, false])
    func takesWhatIsThere(isForMany: Bool) throws {
        let settings = settings(isForMany: isForMany)
        #expect(try libraries(.openvino).fastest(for: settings) == .openvino)
        #expect(try libraries(.onnxruntime).fastest(for: settings) == .onnxruntime)
        #expect(try libraries().fastest(for: settings) == .onnxruntime)
    }

    @Test func takesWhatCanDoWhatIsAskedFor() throws {
        let libraries = try libraries(.onnxruntime, .openvino)
        #expect(libraries.fastest(for: settings(.bfloat16, isForMany: false)) == .openvino)
        #expect(libraries.fastest(for: SessionSettings(device: .cuda)) == .onnxruntime)
    }

    /// Their integers are not the same, so that what is indexed by one cannot be searched with the other.
    @Test func takesTheSameForFewPhotosAndForManyInIntegers() throws {
        let libraries = try libraries(.onnxruntime, .openvino)
        #expect([true, false].allSatisfy { libraries.fastest(for: settings(.int8, isForMany: $0)) == .openvino })
    }

    @Test func opensTheOneThatIsNamedAndNoOther() throws {
        let error = #expect(throws: InferenceError.self) {
            _ = try libraries(.onnxruntime).engine(.openvino, for: SessionSettings())
        }
        #expect(error == .libraryMissing(.openvino, searched: ["/nowhere"]))
    }
}
