import Foundation
public import Inference
public import SystemPackage

extension InstalledModels {
    /// The engines' libraries, where set-up puts them or where the tester says.
    public static let libraries = InferenceLibraries([
        .onnxruntime: [library(of: .onnxruntime, "libonnxruntime.so")],
        .openvino: [library(of: .openvino, "openvino/libopenvino_c.so")],
    ])

    static func library(of engine: EngineName, _ installed: FilePath) -> FilePath {
        if let named = ProcessInfo.processInfo.environment[engine.variable], !named.isEmpty { return FilePath(named) }
        return folder.appending("engines").pushing(installed)
    }

    /// The weights of a model, by the name of their file without its end.
    public static func weightFile(_ name: String) -> FilePath {
        folder.appending("models").appending("\(name).safetensors")
    }

    public static func hasWeightFile(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: weightFile(name).string)
    }
}
