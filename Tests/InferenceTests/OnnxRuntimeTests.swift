import Inference
import SystemPackage
import TestSupport
import Testing

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
}
