import SystemPackage
import TestSupport
import Testing

@testable import Inference

@Suite struct CudaDeviceTests {
    private let folder = TemporaryFolder()

    private func problem(with driver: FilePath) -> CudaProblem? {
        #expect(throws: CudaProblem.self) { try CudaLibraries(searching: [], driver: driver).device() }
    }

    @Test func needsADriver() throws {
        let text = try folder.write(Array("no driver".utf8), to: "libcuda.so.1")
        for driver in ["/nowhere/libcuda.so.1", text] {
            guard case .noDriver(let reason) = problem(with: driver) else {
                return #expect(Bool(false))
            }
            #expect(reason.contains(driver.string))
        }
    }

    @Test func needsADriverThatIsNVIDIAs() throws {
        guard case .noDriver(let reason) = problem(with: "libm.so.6") else {
            return #expect(Bool(false))
        }
        #expect(reason == "it has no function cuInit")
    }

    @Test func adviseWhatToDoInOneSentence() {
        let problems: [CudaProblem] = [
            .noDriver(reason: "a"), .noCard(reason: "b"), .oldDriver(.imaginary), .oldCard(.imaginary),
        ]
        for problem in problems {
            #expect(problem.advice.contains("--device cpu"))
            #expect(!problem.description.hasSuffix(".") && !problem.advice.hasSuffix("."))
        }
    }

    @Test func ordersVersionsByNumber() {
        let versions = [(7, 0), (7, 5), (9, 0), (12, 0), (12, 10)].map { CudaVersion(major: $0, minor: $1) }
        #expect(versions.reversed().sorted() == versions)
    }
}

@Suite(.enabled(if: ImaginaryDriver.isPossible, "needs a C compiler"))
struct ImaginaryDriverTests {
    private let folder = TemporaryFolder()

    private func device(of driver: FilePath) throws -> CudaDevice {
        try CudaLibraries(searching: [], driver: driver).device()
    }

    @Test func describesItsFirstCard() throws {
        #expect(try device(of: ImaginaryDriver.make(in: folder)) == .imaginary)
    }

    @Test func saysWhyThereIsNoCard() throws {
        let driver = try ImaginaryDriver.make(in: folder, error: 100)
        #expect(throws: CudaProblem.noCard(reason: "error of an imaginary driver")) { try device(of: driver) }
    }

    @Test func mustBeOfThisDecade() throws {
        let driver = try ImaginaryDriver.make(in: folder, version: 12040)
        let error = #expect(throws: CudaProblem.self) { try device(of: driver) }
        #expect(error?.description == "NVIDIA’s driver serves CUDA 12.4, and 13.0 is needed")
        #expect(error?.advice.contains("580") == true)
    }

    @Test func mustHaveACardThatTheLibrariesWereBuiltFor() throws {
        let driver = try ImaginaryDriver.make(in: folder, capability: 70)
        let error = #expect(throws: CudaProblem.self) { try device(of: driver) }
        #expect(error?.description == "the Imaginary 9000 has compute capability 7.0, and 7.5 is needed")
    }
}
