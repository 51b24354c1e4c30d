import Foundation
import Hashing
import SectionFiles
import SystemPackage
import TestSupport
import Testing
import VectorFiles
import Vectors

@testable import Catalogue

@Suite struct IndexFolderTests {
    private let folder = TemporaryFolder()
    private let catalogue: EmbeddedCatalogue
    private let source = VectorSource(ids: [4, 9], rows: Numbers([1, 0, 0, 1]), dimension: 2)

    init() throws { catalogue = try EmbeddedCatalogue(at: folder.appending("c.sqlite")) }

    private func files(of identity: String = "a model") async throws -> IndexFolder {
        try await IndexFolder(of: catalogue, space: EmbeddingSpace(identity: identity, dimension: 2))
    }

    private func names() throws -> Set<String> {
        Set(try FileManager.default.subpathsOfDirectory(atPath: catalogue.path.string + ".index"))
    }

    @Test func liesBesideTheCatalogueWithAFolderForEachSpace() async throws {
        let (one, other) = (try await files(), try await files(of: "another"))
        #expect(one.path.string == catalogue.path.string + ".index")
        let spaces = [one.newName(), one.newName(), other.newName()].map { $0.split(separator: "/")[0] }
        #expect(spaces[0] == spaces[1] && spaces[1] != spaces[2])
        #expect(one.newName() != one.newName())
    }

    @Test func readsWhatItWrote() async throws {
        let files = try await files()
        let name = files.newName()
        try await files.write(source, as: name)
        #expect(try Set(files.open(name).ids) == [4, 9])
        try files.verify(name)
        #expect(files.size(of: name) > 0)
        files.remove(name)
        #expect(files.size(of: name) == 0)
        #expect(throws: SectionFileError.self) { try files.open(name) }
    }

    @Test func refusesWhatWasMadeForAnother() async throws {
        let (one, other) = (try await files(), try await files(of: "another"))
        let (name, copy, foreign) = (one.newName(), one.newName(), other.newName())
        try await one.write(source, as: name)
        try await other.write(source, as: foreign)
        let written = one.path.pushing(FilePath(name)).string
        for place in [copy, foreign] {
            try? FileManager.default.removeItem(atPath: one.path.pushing(FilePath(place)).string)
            try FileManager.default.copyItem(atPath: written, toPath: one.path.pushing(FilePath(place)).string)
        }
        #expect(throws: SectionFileError.self) { try one.open(copy) }
        #expect(throws: SectionFileError.self) { try other.open(foreign) }
    }

    @Test func removesNothingButSegmentsThatNobodyUses() async throws {
        let (files, space) = (try await files(), EmbeddingSpace(identity: "a model", dimension: 2))
        let photo = PhotoRecord(
            path: "/shop/1.jpg", stamp: FileStamp(size: 1, modified: 1, changed: 1, inode: 1),
            digest: SHA256Digest(of: []), finding: .embedding(Embedding([1, 2])))
        try await catalogue.record([photo], space: space)
        try await SpaceIndex(of: space, in: catalogue).fold(FoldingPolicy(leastRecent: 1))
        let used = try #require(try await catalogue.segmentNames().first)
        let unused = files.newName()
        try await files.write(source, as: unused)
        try Data().write(to: URL(filePath: files.path.appending("notes.txt").string))
        try await IndexFolder.removeUnused(of: catalogue)
        let names = try names()
        #expect(names.contains(used) && !names.contains(unused) && names.contains("notes.txt"))
    }

    @Test func saysWhereItCannotWrite() async throws {
        let files = try await files()
        try Data().write(to: URL(filePath: files.path.string))
        await #expect(throws: SectionFileError.self) { try await files.write(source, as: files.newName()) }
    }
}
