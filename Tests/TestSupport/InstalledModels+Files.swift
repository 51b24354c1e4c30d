import Foundation
public import SystemPackage

extension InstalledModels {
    /// Where ONNX Runtime's library may lie.
    public static let libraries: [FilePath] = {
        if let named = ProcessInfo.processInfo.environment["LOOKALIKE_ONNXRUNTIME"], !named.isEmpty {
            return [FilePath(named)]
        }
        return [folder.appending("engines/libonnxruntime.so")]
    }()

    /// The weights of a model, by the name of their file without its end.
    public static func weightFile(_ name: String) -> FilePath {
        folder.appending("models").appending("\(name).safetensors")
    }

    public static func hasWeightFile(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: weightFile(name).string)
    }
}
