import SystemPackage
import TestSupport
import Testing

@testable import Inference

@Suite struct OnnxRuntimeTests {
    @Test func namesThePlacesWhereTheLibraryIsNot() {
        let places: [FilePath] = ["/nowhere/one.so", "/nowhere/two.so"]
        let error = InferenceError.libraryMissing(.onnxruntime, searched: places)
        #expect(throws: error) { try OnnxRuntime(searching: places) }
        #expect(error.description.contains("/nowhere/one.so, /nowhere/two.so"))
        #expect(throws: InferenceError.libraryMissing(.onnxruntime, searched: [])) { try OnnxRuntime(searching: []) }
    }

    @Test(arguments: ["", "this is no library", "\u{7F}ELF"])
    func saysThatAFileIsNoLibrary(content: String) throws {
        let folder = TemporaryFolder()
        let path = try folder.write(Array(content.utf8), to: "libonnxruntime.so")
        let error = #expect(throws: InferenceError.self) { try OnnxRuntime(searching: ["/nowhere", path]) }
        let beginning = "ONNX Runtime’s library at \(path) cannot be used: "
        #expect(error?.description.hasPrefix(beginning) == true)
        #expect(error?.description.hasPrefix(beginning + ".") == false)
    }

    @Test func saysThatAnotherLibraryIsNotThisOne() throws {
        let others: [FilePath] = [
            "/lib/x86_64-linux-gnu/libm.so.6", "/lib/aarch64-linux-gnu/libm.so.6", "/lib64/libm.so.6",
        ]
        let error = #expect(throws: InferenceError.self) { try OnnxRuntime(searching: others) }
        guard case .libraryUnusable(.onnxruntime, _, let reason) = error else {
            return #expect(Bool(false), "\(error!)")
        }
        #expect(reason.contains("OrtGetApiBase"))
    }

    @Test(.enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)))
    func opensTheFirstLibraryThatExists() throws {
        let path = try EngineName.onnxruntime.opened().path
        let runtime = try OnnxRuntime(searching: ["/nowhere", path])
        #expect(runtime.path == path)
        #expect(runtime.version.split(separator: ".").count == 3)
    }

    @Test(.enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)))
    func computesInFloat32Only() throws {
        let error = #expect(throws: InferenceError.self) {
            _ = try EngineName.onnxruntime.opened(SessionSettings(precision: .bfloat16))
        }
        #expect(error?.description.contains("Use --engine openvino") == true)
    }

    /// The library for processors has all functions of the interface, and says itself that it cannot do this.
    @Test(.enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)))
    func refusesACardInABuildForProcessors() throws {
        let path = try EngineName.onnxruntime.opened().path
        let settings = SessionSettings(device: .cuda)
        let withCard = try OnnxRuntime(searching: [path], device: .imaginary)
        let error = #expect(throws: InferenceError.self) { try withCard.check(settings) }
        #expect(error?.description.hasPrefix("--device cuda: ONNX Runtime refuses: ") == true)
        #expect(error?.description.contains("CUDA") == true)
        #expect(error?.description.hasSuffix(". Use --device cpu") == true)
        let withoutCard = try OnnxRuntime(searching: [path])
        #expect(throws: InferenceError.self) { try withoutCard.check(settings) }
    }

    @Test func takesCudasWordsOutOfAMessage() {
        let message = """
            /src/provider_info.cc:63 FromProviderOptions(const Options&) 1 : FAIL : "device_id": CUDA failure 36: API call \
            is not supported in the installed CUDA driver ; GPU=-1 ; hostname=vm ; expr=cudaGetDeviceCount(&n);
            """
        #expect(
            OnnxRuntime.words(in: message)
                == "CUDA failure 36: API call is not supported in the installed CUDA driver")
        #expect(OnnxRuntime.words(in: "not\nenabled") == "ONNX Runtime refuses: not enabled")
        #expect(OnnxRuntime.words(in: "CUDA failure 2: out of memory") == "CUDA failure 2: out of memory")
    }
}
