import Foundation
import Hashing
import SectionFiles
import SystemPackage
import VectorFiles
import Vectors

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where the files of a catalogue's indexes lie: beside it, those of each space in a folder of their own.
///
/// All of it is made from the catalogue, and may be deleted at any time.
struct IndexFolder: Sendable {
    /// `CATALOGUE.index`.
    let path: FilePath
    private let catalogueID: UUID
    private let space: EmbeddingSpace

    init(of catalogue: EmbeddedCatalogue, space: EmbeddingSpace) async throws {
        path = Self.path(for: catalogue)
        catalogueID = try await catalogue.identifier()
        self.space = space
    }

    /// Takes the folder's own name, so that files of several spaces lie apart.
    func newName() -> String {
        "\(spaceFolder)/\(UUID().uuidString.lowercased())\(Self.suffix)"
    }

    private static let suffix = ".vectors"

    private var spaceFolder: String {
        SHA256Digest(of: Array(space.identity.utf8)).bytes.prefix(4).map { String(format: "%02x", $0) }.joined()
    }

    func write(_ source: VectorSource, as name: String) async throws(SectionFileError) {
        let place = path.pushing(FilePath(name))
        try make(place.removingLastComponent())
        try SectionFileWriter.removeAbandonedFiles(in: place.removingLastComponent())
        try await VectorFile.write(
            source, partitions: Self.partitions(for: source.ids.count), to: place, identity: identity(of: name))
    }

    private func make(_ folder: FilePath) throws(SectionFileError) {
        for place in [path, folder] {
            let isMade = place.withPlatformString { mkdir($0, 0o777) == 0 || errno == EEXIST }
            guard isMade else { throw .unwritable(place, Errno(rawValue: errno)) }
        }
    }

    /// Throws where the file is missing, damaged, or was made of something else.
    func open(_ name: String) throws(SectionFileError) -> VectorBlock {
        try VectorFile.open(path.pushing(FilePath(name)), identity: identity(of: name))
    }

    /// What was measured on some segments; nothing where the file is missing or damaged, or speaks of others.
    func tunings(of segments: [String]) -> RecallTunings {
        let data = try? Data(contentsOf: URL(filePath: tuningsPath.string))
        let tunings = data.flatMap { try? JSONDecoder().decode(RecallTunings.self, from: $0) }
        return tunings.flatMap { $0.segments == segments ? $0 : nil } ?? RecallTunings(segments: segments)
    }

    /// Where it cannot be kept, it is measured again the next time.
    func keep(_ tunings: RecallTunings) {
        try? JSONEncoder().encode(tunings).write(to: URL(filePath: tuningsPath.string), options: .atomic)
    }

    private var tuningsPath: FilePath { path.appending(spaceFolder).appending("recall.json") }

    /// Deletes a file that came to nothing.
    func remove(_ name: String) { try? FileManager.default.removeItem(atPath: path.pushing(FilePath(name)).string) }

    /// Reads the whole file; throws where anything is not as it was written.
    func verify(_ name: String) throws(SectionFileError) {
        try VectorFile.verify(path.pushing(FilePath(name)), identity: identity(of: name))
    }

    /// In bytes; 0 where there is no such file.
    func size(of name: String) -> Int { path.pushing(FilePath(name)).fileSize }

    /// Deletes files that no space uses any more.
    static func removeUnused(of catalogue: EmbeddedCatalogue) async throws {
        let (path, names) = (path(for: catalogue), try await catalogue.segmentNames())
        for folder in contents(of: path) {
            for file in contents(of: path.appending(folder))
            where file.hasSuffix(suffix) && !names.contains("\(folder)/\(file)") {
                try? FileManager.default.removeItem(atPath: path.appending(folder).appending(file).string)
            }
        }
    }

    private static func path(for catalogue: EmbeddedCatalogue) -> FilePath {
        FilePath(catalogue.path.string + ".index")
    }

    private static func contents(of folder: FilePath) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder.string)) ?? []
    }

    /// Of the catalogue, the space and the file's name: no other file can stand for it.
    private func identity(of name: String) -> SectionFile.Identity {
        let origin = [catalogueID.uuidString, space.identity, name].joined(separator: "\n")
        return SectionFile.Identity(bytes: Array(SHA256Digest(of: Array(origin.utf8)).bytes.prefix(16)))!
    }

    /// As many as four times the root, so that looking for the nearest ones takes as long as looking into them; but none so
    /// small that much of it is empty slots.
    private static func partitions(for count: Int) -> Int {
        max(1, min(count / 250, Int(4 * Double(count).squareRoot())))
    }
}
