import Foundation
import Inference
public import SystemPackage

/// Weights and the inference library, which are no part of this repository.
public enum InstalledModels {
    /// `$LOOKALIKE_HOME`, or the user's data folder.
    public static let folder: FilePath = {
        let environment = ProcessInfo.processInfo.environment
        if let home = environment["LOOKALIKE_HOME"] { return FilePath(home) }
        if let data = environment["XDG_DATA_HOME"] { return FilePath(data).appending("lookalike") }
        return FilePath(environment["HOME"] ?? "/").appending(".local/share/lookalike")
    }()

    /// The default model's.
    public static var areThere: Bool { weights != nil && FileManager.default.fileExists(atPath: library.string) }

    /// An engine that is not there for every kind of processor.
    public static var hasOpenVino: Bool { areThere && libraries.isInstalled(.openvino) }

    /// What cuts garments out.
    public static var hasSegmenter: Bool {
        areThere && FileManager.default.fileExists(atPath: folder.pushing("models/u2netp-309c8469.safetensors").string)
    }

    /// What a test says that is skipped for want of them.
    public static var absence: String {
        "no weights or no library in \(folder): run Scripts/setup, and lookalike models fetch"
    }

    /// Copies what the default model needs to where any user may read it.
    public static func copy(to home: FilePath) throws {
        guard let weights else { return }
        for file in [FilePath("models").appending(weights), "engines/libonnxruntime.so"] {
            let target = home.pushing(file)
            try FileManager.default.createDirectory(
                atPath: target.removingLastComponent().string, withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                atPath: URL(fileURLWithPath: folder.pushing(file).string).resolvingSymlinksInPath().path,
                toPath: target.string)
        }
    }

    private static var library: FilePath { folder.appending("engines/libonnxruntime.so") }

    private static var weights: String? {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.appending("models").string)
        return names?.first { $0.hasPrefix("efficientnet-lite0") }
    }
}
