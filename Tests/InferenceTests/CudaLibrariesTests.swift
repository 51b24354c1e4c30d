import SystemPackage
import TestSupport
import Testing

@testable import Inference

@Suite struct CudaLibrariesTests {
    private let folder = TemporaryFolder()

    @Test func namesACardThatIsMissingOnlyWhereTheLibraryIsThere() throws {
        let library = try folder.write([1], to: "libonnxruntime.so")
        let driver: FilePath = "/nowhere/libcuda.so.1"
        let missing = CudaLibraries(searching: ["/nowhere/gpu.so"], driver: driver)
        #expect(!missing.isInstalled)
        #expect(throws: InferenceError.cudaMissing(searched: ["/nowhere/gpu.so"])) { try missing.open() }

        let installed = CudaLibraries(searching: ["/nowhere/gpu.so", library], driver: driver)
        #expect(installed.isInstalled)
        let error = #expect(throws: InferenceError.self) { try installed.open() }
        #expect(error?.description.hasPrefix("--device cuda: this machine has no NVIDIA driver (") == true)
        #expect(error?.description.contains("--device cpu") == true)
    }

    @Test(.enabled(if: ImaginaryDriver.isPossible, "needs a C compiler"))
    func saysThatALibraryCannotBeUsed() throws {
        let library = try folder.write(Array("no library".utf8), to: "libonnxruntime.so")
        let driver = try ImaginaryDriver.make(in: folder)
        let error = #expect(throws: InferenceError.self) {
            try CudaLibraries(searching: [library], driver: driver).open()
        }
        #expect(error?.description.hasPrefix("--device cuda: \(library) cannot be used: ") == true)
        #expect(error?.description.contains("Scripts/setup --cuda installs one that can") == true)
    }

    /// Whichever of them cannot be opened, those before it were.
    @Test func opensTheLibrariesInTheirOrder() throws {
        for name in CudaLibraries.names.reversed() {
            let path = try folder.write(Array("no library".utf8), to: name.string)
            let error = #expect(throws: InferenceError.self) { try CudaLibraries.openNvidia(in: folder.path) }
            guard case .libraryUnusable(_, let refused, _) = error else {
                return #expect(Bool(false))
            }
            #expect(refused == path)
        }
    }

    /// The runtime, then what computes with it, and cuDNN last, which opens all others.
    @Test func opensEachLibraryAfterThoseItNeeds() throws {
        let needed = [
            "libcublas.so.13": ["libcublasLt.so.13"], "libcurand.so.10": ["libcudart.so.13"],
            "libcudnn.so.9": ["libcudart.so.13", "libcublas.so.13", "libcublasLt.so.13", "libnvrtc.so.13"],
        ]
        let order = CudaLibraries.names.map(\.string)
        for (library, others) in needed {
            let place = try #require(order.firstIndex(of: library))
            #expect(others.allSatisfy { order[..<place].contains($0) })
        }
    }

    @Test func leavesToTheSystemWhatIsNotThere() throws {
        try CudaLibraries.openNvidia(in: folder.path)
    }

    @Test(.enabled(if: InstalledModels.libraries.cuda.isInstalled, "needs Scripts/setup --cuda"))
    func openAsSetUpInstallsThemWithoutACard() throws {
        let path = try #require(InstalledModels.libraries.cuda.places.first)
        try CudaLibraries.openNvidia(in: path.removingLastComponent())
        let runtime = try OnnxRuntime(searching: [path])
        #expect(try runtime.tryOut(.exact) > .zero)
    }
}
