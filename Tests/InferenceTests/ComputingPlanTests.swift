import SystemPackage
import TestSupport
import Testing

@testable import Inference

@Suite struct ComputingPlanTests {
    private let folder = TemporaryFolder()

    private func libraries(_ engines: EngineName..., cuda: Bool = false, driver: FilePath = "/nowhere/libcuda.so.1")
        throws -> InferenceLibraries
    {
        var places: [EngineName: [FilePath]] = [.onnxruntime: ["/nowhere"], .openvino: ["/nowhere"]]
        for engine in engines { places[engine] = ["/nowhere", try folder.write([1], to: "\(engine).so")] }
        let card = cuda ? [try folder.write([1], to: "cuda/libonnxruntime.so")] : ["/nowhere"]
        return InferenceLibraries(places, cuda: CudaLibraries(searching: card, driver: driver))
    }

    private func settings(_ precision: Precision = .auto, isForMany: Bool) -> SessionSettings {
        var settings = SessionSettings(precision: precision)
        settings.isForMany = isForMany
        return settings
    }

    @Test func takesForManyPhotosWhatIsFastestInTheLongRun() throws {
        let libraries = try libraries(.onnxruntime, .openvino)
        #expect(libraries.plan(.auto, for: settings(isForMany: true)).engine == .openvino)
        #expect(libraries.plan(.auto, for: settings(.float32, isForMany: true)).engine == .openvino)
    }

    @Test func takesForAFewPhotosWhatStartsFastest() throws {
        let plan = try libraries(.onnxruntime, .openvino).plan(.auto, for: settings(isForMany: false))
        #expect(plan.engine == .onnxruntime && plan.device == .cpu)
    }

    @Test(arguments: [true, false])
    func takesWhatIsThere(isForMany: Bool) throws {
        let settings = settings(isForMany: isForMany)
        #expect(try libraries(.openvino).plan(.auto, for: settings).engine == .openvino)
        #expect(try libraries(.onnxruntime).plan(.auto, for: settings).engine == .onnxruntime)
        #expect(try libraries().plan(.auto, for: settings).engine == .onnxruntime)
    }

    @Test func takesWhatCanDoWhatIsAskedFor() throws {
        let libraries = try libraries(.onnxruntime, .openvino)
        #expect(libraries.plan(.auto, for: settings(.bfloat16, isForMany: false)).engine == .openvino)
        #expect(libraries.plan(.auto, for: SessionSettings(device: .cuda)).engine == .onnxruntime)
    }

    @Test func doesWhatIsAskedForAndSaysSo() throws {
        for engine in [EngineName.onnxruntime, .openvino] {
            for device in [Device.cpu, .cuda] {
                let plan = try libraries().plan(engine, for: SessionSettings(device: device))
                #expect(plan.engine == engine && plan.device == device)
                #expect([plan.engineReason, plan.deviceReason] == ["it was asked for", "it was asked for"])
            }
        }
    }

    @Test func saysWhichCommandInstallsWhatWouldBeFaster() throws {
        let plan = try libraries(.onnxruntime).plan(.auto, for: settings(isForMany: true))
        #expect(plan.engineReason.contains("Scripts/setup --openvino"))
        #expect(plan.deviceReason.contains("Scripts/setup --cuda"))
    }

    @Test func takesTheProcessorWhereThereIsNoCardAndSaysWhy() throws {
        let plan = try libraries(.onnxruntime, cuda: true).plan(.auto, for: settings(isForMany: true))
        #expect(plan.device == .cpu)
        #expect(plan.deviceReason.contains("no NVIDIA driver"))
    }

    @Test(.enabled(if: ImaginaryDriver.isPossible, "needs a C compiler"))
    func takesACardForManyPhotosInFloat32() throws {
        let libraries = try libraries(.onnxruntime, .openvino, cuda: true, driver: ImaginaryDriver.make(in: folder))
        let plan = libraries.plan(.auto, for: settings(isForMany: true))
        #expect(plan.engine == .onnxruntime && plan.device == .cuda)
        #expect(plan.deviceReason.contains("Imaginary 9000"))
        #expect(libraries.plan(.auto, for: settings(isForMany: false)).device == .cpu)
        #expect(libraries.plan(.auto, for: settings(.bfloat16, isForMany: true)).device == .cpu)
        #expect(libraries.plan(.openvino, for: settings(isForMany: true)).device == .cpu)
    }

    /// A card that looks ready and then refuses, which was not asked for, stands in nobody's way.
    @Test(
        .enabled(
            if: InstalledModels.areThere && ImaginaryDriver.isPossible, "needs the library and a C compiler"))
    func goesOnWithTheProcessorWhereACardRefuses() throws {
        let runtime = try EngineName.onnxruntime.opened().path
        let cuda = CudaLibraries(searching: [runtime], driver: try ImaginaryDriver.make(in: folder))
        let libraries = InferenceLibraries([.onnxruntime: [runtime]], cuda: cuda)
        let graph = try EngineTrial.graph()
        var settings = settings(isForMany: true)
        #expect(libraries.plan(.auto, for: settings).device == .cuda)
        let session = try libraries.session(of: graph, on: .auto, settings: settings)
        #expect(try run(EngineTrial.input, shape: EngineTrial.shape, on: session) == EngineTrial.expected)
        settings.device = .cuda
        #expect(throws: InferenceError.self) { try libraries.session(of: graph, on: .auto, settings: settings) }
    }
}
