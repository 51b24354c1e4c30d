import Catalogue
import Embedders
import Foundation
import Imaging
import SystemPackage
import TestSupport
import VisualSearch

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Folders of photos and a catalogue that only one test has.
struct EngineBench: Sendable {
    static let handMade = "colour-layout"

    let folder = TemporaryFolder()
    /// Where the catalogue is to be on a server.
    private let database = TestDatabase()

    /// Of the catalogue.
    var location: CatalogueLocation {
        get throws { try CatalogueLocation(database?.address ?? path("catalogue.sqlite").string) }
    }

    func path(_ name: String) -> FilePath { folder.path.pushing(FilePath(name)) }

    /// Writes the swatch of a seed into the file as it is, or a new one.
    func put(_ seed: Int, at name: String) throws { try put(Swatch(seed).png, at: name) }

    func put(_ bytes: [UInt8], at name: String) throws {
        try makeFolder(path(name).removingLastComponent())
        try Data(bytes).write(to: URL(fileURLWithPath: path(name).string))
    }

    func move(_ name: String, to newName: String) throws {
        try makeFolder(path(newName).removingLastComponent())
        try FileManager.default.moveItem(atPath: path(name).string, toPath: path(newName).string)
    }

    func delete(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name).string) }

    func link(_ name: String, to target: String) throws {
        try makeFolder(path(name).removingLastComponent())
        try FileManager.default.createSymbolicLink(atPath: path(name).string, withDestinationPath: target)
    }

    /// Does something to a file, and then gives it the time of change that it had.
    func keepingTime(of name: String, _ change: () throws -> Void) throws {
        var before = stat()
        _ = stat(path(name).string, &before)
        try change()
        #if canImport(Glibc)
            let times = [before.st_atim, before.st_mtim]
        #else
            let times = [before.st_atimespec, before.st_mtimespec]
        #endif
        _ = utimensat(AT_FDCWD, path(name).string, times, 0)
    }

    private func makeFolder(_ path: FilePath) throws {
        try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: true)
    }
}

// What the engine is asked for, by a new engine each time, as each run of the program has one.
extension EngineBench {
    func engine(_ model: String = handMade, megapixels: Int = 100) throws -> SearchEngine {
        try SearchEngine(
            catalogue: location, model: ModelChoice(model),
            installation: Installation(folder: InstalledModels.folder),
            decoder: ImageDecoder(megapixelLimit: megapixels))
    }

    func photos(_ names: [String], excluding exclusions: [String] = []) throws -> [PhotoFolder] {
        try names.map { try PhotoFolder(path($0), excluding: exclusions) }
    }

    /// Brings the catalogue up to date, with files that have settled since they were written.
    func refresh(_ names: String..., model: String = handMade, megapixels: Int = 100) async throws -> Refresh {
        try await Task.sleep(for: .milliseconds(50))
        return try await refresh(photos(names), on: engine(model, megapixels: megapixels))
    }

    func refresh(_ folders: [PhotoFolder], on engine: SearchEngine) async throws -> Refresh {
        var refresh = Refresh()
        for try await event in engine.refresh(folders) { refresh.add(event) }
        refresh.work = engine.workload
        return refresh
    }

    /// The names of all photos that a search finds, those most like the seed's swatch first.
    func search(for seed: Int, in names: String..., model: String = handMade) async throws -> [SearchResult] {
        let options = SearchOptions(limit: 1000, includesIdentical: true)
        let answers = try await engine(model).search([.bytes(Swatch(seed).png)], in: photos(names), options: options)
        return try answers[0].get().results
    }

    func name(_ path: FilePath) -> String {
        var name = path
        _ = name.removePrefix(folder.path)
        return name.string
    }
}

/// What bringing a catalogue up to date did.
struct Refresh {
    private(set) var events: Set<IndexingEvent> = []
    private(set) var summary = IndexingSummary()
    var work = Workload()

    mutating func add(_ event: IndexingEvent) {
        summary.count(event)
        switch event {
        case .listed, .remaining: return
        default: events.insert(event)
        }
    }
}
