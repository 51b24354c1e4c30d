public import SystemPackage

/// Why a network cannot be run.
public enum InferenceError: Error, Hashable, CustomStringConvertible {
    /// No library was found in any of these places.
    case libraryMissing(searched: [FilePath])
    case libraryUnusable(FilePath, reason: String)
    case deviceUnavailable(Device, reason: String)
    case failed(String)

    /// What fails, and the script or option that helps where one does.
    public var description: String {
        switch self {
        case .libraryMissing(let searched):
            "ONNX Runtime’s library is missing: run Scripts/setup in Lookalike’s folder, or name the file in "
                + "LOOKALIKE_ONNXRUNTIME (looked for \(searched.map(\.string).joined(separator: ", ")))"
        case .libraryUnusable(let path, let reason):
            "ONNX Runtime’s library at \(path) cannot be used: \(reason). Scripts/setup installs one that can"
        case .deviceUnavailable(let device, let reason): "--device \(device.rawValue): \(reason)"
        case .failed(let reason): "the network cannot be run: \(reason)"
        }
    }
}
