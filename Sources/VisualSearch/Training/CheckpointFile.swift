public import Embedders
import Foundation
import Hashing
import Networks
import SystemPackage
import Training

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where a training that is not finished is kept: a digest, and what it is of.
public struct CheckpointFile: Sendable {
    private let name: String
    private let path: FilePath
    private static let digestLength = 32

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
        guard let checkpoint = try? read() else { throw SearchError.resumesNothingDamaged(name) }
        guard checkpoint.plan == plan else { throw SearchError.resumesAnother(name) }
        return checkpoint
    }

    private func read() throws -> TrainingCheckpoint? {
        let contents = try Data(contentsOf: URL(fileURLWithPath: path.string))
        let tensors = [UInt8](contents.dropFirst(Self.digestLength))
        guard SHA256Digest(of: tensors).bytes == Array(contents.prefix(Self.digestLength)) else { return nil }
        return try TrainingCheckpoint(WeightFile(safetensors: tensors))
    }

    /// In place of the one before: at once, or not at all. Throws a `SearchError`.
    func keep(_ checkpoint: TrainingCheckpoint) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path.removingLastComponent().string, withIntermediateDirectories: true)
            let tensors = try checkpoint.tensors.safetensors()
            let contents = Data(SHA256Digest(of: tensors).bytes + tensors)
            try contents.write(to: URL(fileURLWithPath: path.string), options: .atomic)
        } catch {
            throw SearchError.cannotKeep(path, reason: error.localizedDescription)
        }
    }
}
