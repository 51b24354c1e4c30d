/// The libraries that can compute networks, by the names that users give them.
public enum EngineName: String, Sendable, Hashable, CaseIterable {
    /// The fastest that is installed and does not move neighbours.
    case auto
    case onnxruntime
    case openvino

    /// As its makers write it.
    public var title: String {
        switch self {
        case .auto: "an inference library"
        case .onnxruntime: "ONNX Runtime"
        case .openvino: "OpenVINO"
        }
    }

    /// The environment variable that names its library's file.
    public var variable: String { "LOOKALIKE_\(rawValue.uppercased())" }
}
