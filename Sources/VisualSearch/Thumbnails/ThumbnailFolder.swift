import Catalogue
import Foundation
public import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Small pictures of photos, each made once and kept beside the catalogue as a JPEG, as far as there is room.
///
/// All of it can be made again, and may be deleted at any time.
public actor ThumbnailFolder {
    private let path: FilePath
    private let byteLimit: Int
    /// Of all files; `nil` until somebody counts.
    private var byteCount: Int?

    /// `CATALOGUE.thumbnails`, by what the names of a catalogue's files begin with (`Installation.companion(of:)`); so many bytes
    /// at most.
    public init(beside catalogue: FilePath, byteLimit: Int = 1 << 30) {
        path = Self.path(beside: catalogue)
        self.byteLimit = byteLimit
    }

    static func path(beside catalogue: FilePath) -> FilePath { FilePath(catalogue.string + ".thumbnails") }

    /// The file of a photo's thumbnail; `nil` where there is none yet.
    public nonisolated func bytes(of photo: PhotoID, side: Int) -> [UInt8]? {
        let file = place(of: photo, side)
        guard let data = FileManager.default.contents(atPath: file.string), !data.isEmpty else { return nil }
        // The time says when it was asked for last.
        file.withPlatformString { _ = utimensat(AT_FDCWD, $0, nil, 0) }
        return Array(data)
    }

    /// Names of files that no listing takes for photos, where a catalogue lies in a folder of such.
    private static let suffix = ".thumbnail"

    /// Where it cannot be written, it is made anew each time.
    public func keep(_ bytes: [UInt8], of photo: PhotoID, side: Int) {
        let file = place(of: photo, side)
        let folder = file.removingLastComponent()
        // What photos may be read by is not for a smaller copy to decide.
        try? FileManager.default.createDirectory(
            atPath: folder.string, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        guard (try? Data(bytes).write(to: URL(fileURLWithPath: file.string), options: .atomic)) != nil else { return }
        let total = (byteCount ?? counted()) + bytes.count
        byteCount = total > byteLimit ? makeRoom() : total
    }

    private nonisolated func place(of photo: PhotoID, _ side: Int) -> FilePath {
        let name = photo.description
        return path.appending(String(name.prefix(2))).appending("\(name)-\(side)\(Self.suffix)")
    }

    private func counted() -> Int { Self.files(in: path).reduce(0) { $0 + $1.size } }

    /// Those that nobody asked for in a long while go first. Returns what is left.
    private func makeRoom() -> Int {
        var left = counted()
        for file in Self.files(in: path).sorted(by: { $0.used < $1.used }) where left > byteLimit * 9 / 10 {
            unlink(file.path.string)
            left -= file.size
        }
        return left
    }

    private static func files(in folder: FilePath) -> [(path: FilePath, size: Int, used: Int64)] {
        // A link that somebody put there leads to files of others.
        guard (try? FileStatus(of: folder))?.kind == .folder else { return [] }
        let names = FileManager.default.enumerator(atPath: folder.string)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(suffix) }.compactMap { name in
            let path = folder.pushing(FilePath(name))
            guard let status = try? FileStatus(of: path), status.kind == .file else { return nil }
            return (path, Int(status.stamp.size), status.stamp.modified)
        }
    }

    /// Removes those of all photos but some.
    static func forget(beside catalogue: FilePath, but isKnown: (PhotoID) async throws -> Bool) async throws {
        for file in files(in: path(beside: catalogue)) {
            let id = file.path.stem.flatMap { PhotoID(String($0.prefix { $0 != "-" })) }
            if let id, try await isKnown(id) { continue }
            unlink(file.path.string)
        }
    }
}
