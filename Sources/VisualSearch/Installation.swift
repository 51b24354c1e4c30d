public import Embedders
import Inference
public import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where things lie on this machine: the catalogue, the models' weights, the inference library.
public struct Installation: Sendable {
    /// Holds everything that Lookalike keeps for its user.
    public let folder: FilePath

    /// For another folder than the user’s own; it is made when something is first kept there.
    public init(folder: FilePath) {
        self.folder = folder
    }

    /// `$LOOKALIKE_HOME`, or `lookalike` in the XDG data folder (XDG Base Directory Specification).
    public static var standard: Installation {
        if let folder = variable("LOOKALIKE_HOME") { return Installation(folder: FilePath(folder)) }
        if let data = variable("XDG_DATA_HOME"), data.hasPrefix("/") {
            return Installation(folder: FilePath(data).appending("lookalike"))
        }
        return Installation(folder: FilePath(variable("HOME") ?? "/").appending(".local/share/lookalike"))
    }

    /// The catalogue that is used where none is named.
    public var catalogue: FilePath { folder.appending("catalogue.sqlite") }

    /// The weights that were installed here for this user.
    public var models: ModelStore { ModelStore(folder: folder.appending("models")) }

    /// Loads a model with its weights. Throws where they, or the inference library, are missing.
    public func embedder(for choice: ModelChoice) throws(EmbedderError) -> any Embedder {
        try models.embedder(for: choice) { () throws(InferenceError) in try OnnxRuntime(searching: inferenceLibraries) }
    }

    /// Throws where a device is asked for that cannot be computed on.
    func check(_ device: Device) throws(InferenceError) {
        guard device == .cuda else { return }
        try OnnxRuntime(searching: inferenceLibraries).check(device)
    }

    /// Where ONNX Runtime is looked for: where the user says, where set-up puts it, where a system keeps it.
    private var inferenceLibraries: [FilePath] {
        if let path = Self.variable("LOOKALIKE_ONNXRUNTIME") { return [FilePath(path)] }
        return [
            folder.appending("engines/libonnxruntime.so"), "/usr/local/lib/libonnxruntime.so",
            "/usr/lib/libonnxruntime.so",
        ]
    }

    /// `nil` for a variable that is unset or empty.
    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }
}
