import Foundation
import SystemPackage

extension FilePath {
    /// Writes a file whole or not at all, and the folders above it.
    func replaceContents(with bytes: [UInt8]) throws {
        do {
            let folder = removingLastComponent()
            if !folder.isEmpty {
                try FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
            }
            try Data(bytes).write(to: URL(fileURLWithPath: string), options: .atomic)
        } catch {
            throw WritingError(path: self, reason: error.localizedDescription)
        }
    }
}

/// A file that was asked for cannot be written.
struct WritingError: Error, CustomStringConvertible {
    let path: FilePath
    let reason: String

    var description: String { "\(path) cannot be written: \(reason)" }
}
