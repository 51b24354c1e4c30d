public import Catalogue
public import Embedders
import Hashing
public import Inference
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
    public var catalogue: CatalogueLocation { .file(folder.appending("catalogue.sqlite")) }

    /// What the names of all files begin with that are kept on this machine for a catalogue: those of its own file, if it has one.
    public func companion(of catalogue: CatalogueLocation) -> FilePath {
        switch catalogue {
        case .file(let path): path
        case .server:
            folder.appending("servers").appending(SHA256Digest(of: Array("\(catalogue)".utf8)).description)
        }
    }

    /// The weights that were installed here for this user.
    public var models: ModelStore { ModelStore(folder: folder.appending("models")) }

    /// `$LOOKALIKE_MIRROR`: where published weights are looked for first; throws where it names no such place.
    public static var mirror: ModelMirror? {
        get throws(EmbedderError) {
            guard let place = variable("LOOKALIKE_MIRROR") else { return nil }
            return try ModelMirror(place)
        }
    }

    /// Loads a model with its weights. Throws where they, or the inference library, are missing.
    public func embedder(for choice: ModelChoice) throws(EmbedderError) -> any Embedder {
        try models.embedder(for: choice, libraries: libraries)
    }

    /// Throws where an engine, a device or a precision is asked for that this machine does not have.
    func check(_ choice: ModelChoice) throws(InferenceError) {
        let settings = choice.settings
        // Opening a library takes longer than a search in which no photo is new.
        guard choice.engine != .auto || settings.device == .cuda || settings.precision == .bfloat16 else { return }
        _ = try libraries.engine(choice.engine, for: settings)
    }

    /// The libraries that compute networks: where the user says, where set-up puts them, where a system keeps them.
    public var libraries: InferenceLibraries {
        InferenceLibraries(
            [
                .onnxruntime: places(
                    EngineName.onnxruntime.variable, installed: "libonnxruntime.so",
                    others: ["/usr/local/lib/libonnxruntime.so", "/usr/lib/libonnxruntime.so"]),
                .openvino: places(EngineName.openvino.variable, installed: "openvino/libopenvino_c.so"),
            ],
            cuda: CudaLibraries(searching: places("LOOKALIKE_CUDA", installed: "cuda/libonnxruntime.so")))
    }

    private func places(_ variable: String, installed: FilePath, others: [FilePath] = []) -> [FilePath] {
        if let path = Self.variable(variable) { return [FilePath(path)] }
        return [folder.appending("engines").pushing(installed)] + others
    }

    /// `nil` for a variable that is unset or empty.
    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }
}
