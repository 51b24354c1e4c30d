import Inference
import Networks
import SystemPackage
import TestSupport
import Testing

@Suite struct OpenVinoTests {
    @Test func namesThePlacesWhereTheLibraryIsNot() {
        let error = InferenceError.libraryMissing(.openvino, searched: ["/nowhere/one.so"])
        #expect(throws: error) { try OpenVino(searching: ["/nowhere/one.so"]) }
        #expect(error.description.contains("Scripts/setup --openvino"))
        #expect(error.description.contains("LOOKALIKE_OPENVINO"))
    }

    @Test func saysThatAnotherLibraryIsNotThisOne() throws {
        let others: [FilePath] = [
            "/lib/x86_64-linux-gnu/libm.so.6", "/lib/aarch64-linux-gnu/libm.so.6", "/lib64/libm.so.6",
        ]
        let error = #expect(throws: InferenceError.self) { try OpenVino(searching: others) }
        guard case .libraryUnusable(.openvino, _, let reason) = error else { return #expect(Bool(false), "\(error!)") }
        #expect(reason.contains("ov_get_last_err_msg"))
    }

    @Test(.enabled(if: InstalledModels.hasOpenVino, Comment(rawValue: InstalledModels.absence)))
    func saysWhichVersionItIs() throws {
        #expect(try EngineName.openvino.opened().version.split(separator: ".").count >= 3)
    }

    @Test(.enabled(if: InstalledModels.hasOpenVino, Comment(rawValue: InstalledModels.absence)))
    func saysThatItHasNoCuda() throws {
        let error = #expect(throws: InferenceError.self) {
            _ = try EngineName.openvino.opened(SessionSettings(device: .cuda))
        }
        #expect(error?.description == "--device cuda: OpenVINO has no CUDA. Use --engine onnxruntime")
    }

    /// A third has no end in binary; eight bits of it are another number than twenty-four.
    @Test(.enabled(if: InstalledModels.hasOpenVino && OpenVino.hasBfloat16, "needs a processor with bfloat16"))
    func computesInThePrecisionThatIsAskedFor() throws {
        func sum(_ precision: Precision) throws -> Float {
            let settings = SessionSettings(device: .cpu, precision: precision)
            let session = try EngineName.openvino.session(of: .thirds(), settings)
            return try run([Float](repeating: 1 / 3, count: 64), shape: [1, 64], on: session)[0]
        }
        let (exact, short) = (try sum(.float32), try sum(.bfloat16))
        #expect(abs(exact - 64 / 9) < 1e-5)
        #expect(abs(short - 64 / 9) < 0.1 && short != exact)
        #expect(try sum(.auto) == (OpenVino.isFasterInBfloat16 ? short : exact))
    }
}
