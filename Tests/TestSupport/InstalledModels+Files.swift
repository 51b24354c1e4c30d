import Foundation
public import Inference
public import SystemPackage

extension InstalledModels {
    /// The engines' libraries, where set-up puts them or where the tester says.
    public static let libraries = InferenceLibraries(
        [
            .onnxruntime: [library(EngineName.onnxruntime.variable, "libonnxruntime.so")],
            .openvino: [library(EngineName.openvino.variable, "openvino/libopenvino_c.so")],
        ], cuda: CudaLibraries(searching: [library("LOOKALIKE_CUDA", "cuda/libonnxruntime.so")]))

    static func library(_ variable: String, _ installed: FilePath) -> FilePath {
        if let named = ProcessInfo.processInfo.environment[variable], !named.isEmpty { return FilePath(named) }
        return folder.appending("engines").pushing(installed)
    }

    /// Whether networks can be computed on an NVIDIA card.
    public static var hasCard: Bool { libraries.cuda.isInstalled && (try? libraries.cuda.device()) != nil }

    /// Whether there is a driver of NVIDIA's, whatever it finds.
    public static var hasDriver: Bool {
        do throws(CudaProblem) { _ = try libraries.cuda.device() } catch {
            if case .noDriver = error { return false }
        }
        return true
    }

    /// The weights of a model, by the name of their file without its end.
    public static func weightFile(_ name: String) -> FilePath {
        folder.appending("models").appending("\(name).safetensors")
    }

    public static func hasWeightFile(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: weightFile(name).string)
    }
}
