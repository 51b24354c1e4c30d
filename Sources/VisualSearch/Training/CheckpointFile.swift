public import Embedders
import Foundation
import Networks
import SystemPackage
import Training

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where a training that is not finished is kept.
public struct CheckpointFile: Sendable {
    private let name: String
    private let path: FilePath

    /// Of the model that is to have that name.
    public init(of name: String, in store: ModelStore) {
        (self.name, path) = (name, store.checkpointPath(of: name))
    }

    /// Whether there is one.
    public var exists: Bool { FileManager.default.fileExists(atPath: path.string) }

    /// Once it is finished.
    public func remove() { unlink(path.string) }

    /// Throws a `SearchError` where there is none, or it is of another training.
    func checkpoint(of plan: String) throws -> TrainingCheckpoint {
        guard exists else { throw SearchError.nothingToResume(name) }
        guard let checkpoint = try? TrainingCheckpoint(WeightFile(safetensors: path)) else {
            throw SearchError.resumesNothingDamaged(name)
        }
        guard checkpoint.plan == plan else { throw SearchError.resumesAnother(name) }
        return checkpoint
    }

    /// In place of the one before: at once, or not at all.
    func keep(_ checkpoint: TrainingCheckpoint) throws {
        try FileManager.default.createDirectory(
            atPath: path.removingLastComponent().string, withIntermediateDirectories: true)
        try checkpoint.tensors.writeSafetensors(to: path)
    }
}
