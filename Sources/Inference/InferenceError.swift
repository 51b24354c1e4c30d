public import SystemPackage

/// Why a network cannot be run.
public enum InferenceError: Error, Hashable, CustomStringConvertible {
    /// No library was found in any of these places.
    case libraryMissing(EngineName, searched: [FilePath])
    /// No library for NVIDIA cards was found in any of these places.
    case cudaMissing(searched: [FilePath])
    case libraryUnusable(EngineName, FilePath, reason: String)
    case deviceUnavailable(Device, reason: String)
    case precisionUnavailable(Precision, reason: String)
    case failed(String)

    /// What fails, and the script or option that helps where one does.
    public var description: String {
        switch self {
        case .libraryMissing(let engine, let searched):
            "\(engine.title)’s library is missing: run Scripts/setup\(engine == .openvino ? " --openvino" : "") in "
                + "Lookalike’s folder, or name the file in \(engine.variable) "
                + "(looked for \(searched.map(\.string).joined(separator: ", ")))"
        case .cudaMissing(let searched):
            "--device cuda: ONNX Runtime’s library for NVIDIA cards is missing: run Scripts/setup --cuda in Lookalike’s "
                + "folder, or use --device cpu (looked for \(searched.map(\.string).joined(separator: ", ")))"
        case .libraryUnusable(let engine, let path, let reason):
            "\(engine.title)’s library at \(path) cannot be used: \(reason). Scripts/setup installs one that can"
        case .deviceUnavailable(let device, let reason): "--device \(device.rawValue): \(reason)"
        case .precisionUnavailable(let precision, let reason): "--precision \(precision.rawValue): \(reason)"
        case .failed(let reason): "the network cannot be run: \(reason)"
        }
    }
}
