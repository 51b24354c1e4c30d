import Foundation
import Hashing
import SystemPackage
import TestSupport
import Testing
import Vectors

@testable import Catalogue

/// An index of made-up embeddings, as it follows the catalogue.
@Suite struct SpaceIndexTests {
    private static let space = EmbeddingSpace(identity: "made up", dimension: 3)
    /// Writes whatever there is.
    private static let eager = FoldingPolicy(leastRecent: 1)

    private let folder = TemporaryFolder()
    private let catalogue: EmbeddedCatalogue
    private let index: SpaceIndex

    init() throws {
        catalogue = try EmbeddedCatalogue(at: folder.appending("c.sqlite"))
        index = SpaceIndex(of: Self.space, in: catalogue)
    }

    /// Photos whose embeddings begin with their numbers.
    private func record(_ numbers: [Int], in catalogue: EmbeddedCatalogue? = nil) async throws {
        let records = numbers.map { number in
            PhotoRecord(
                path: folder.appending("\(number).jpg"), stamp: FileStamp(size: 1, modified: 1, changed: 1, inode: 1),
                digest: SHA256Digest(of: Array("\(number)".utf8)),
                finding: .embedding(Embedding([Float(number), 1, 0])))
        }
        try await (catalogue ?? self.catalogue).record(records, space: Self.space)
    }

    private func forget(_ numbers: [Int]) async throws {
        _ = try await catalogue.forget(photos: numbers.map { folder.appending("\($0).jpg") })
    }

    /// The numbers of the photos that are found, the greatest first.
    private func found(_ index: SpaceIndex? = nil) async throws -> [Int] {
        let request = NearestRequest(selection: nil, metric: .dot, recall: nil, tasks: 1, name: "") { $0 }
        var contents = try await (index ?? self.index).contents(for: request)
        return try await contents.nearest(100, to: [Embedding([1, 0, 0])]).answers[0].neighbors.map {
            Int($0.similarity.rounded())
        }
    }

    private func segmentCount() async throws -> Int { try await catalogue.segmentNames().count }

    @Test func findsWhatIsRecordedAndRemovedAtOnce() async throws {
        #expect(try await found() == [])
        try await record([1, 2])
        #expect(try await found() == [2, 1])
        try await record([3])
        try await forget([2])
        #expect(try await found() == [3, 1])
    }

    @Test func findsTheSameBeforeAndAfterFolding() async throws {
        try await record([1, 2, 3])
        try await forget([2])
        #expect(try await found() == [3, 1])
        try await index.fold(Self.eager)
        #expect(try await segmentCount() == 1)
        #expect(try await found() == [3, 1])
        try await record([4, 2])
        try await forget([3])
        #expect(try await found() == [4, 2, 1])
        try await index.fold(.compacting)
        #expect(try await found() == [4, 2, 1])
        #expect(try await found(SpaceIndex(of: Self.space, in: catalogue)) == [4, 2, 1])
        #expect(await index.takeTroubles() == [])
    }

    @Test func followsWhatOthersFold() async throws {
        try await record([1, 2])
        #expect(try await found() == [2, 1])
        let other = SpaceIndex(of: Self.space, in: try EmbeddedCatalogue(at: catalogue.path))
        try await other.fold(Self.eager)
        try await record([3])
        try await other.fold(.compacting)
        try await forget([1])
        #expect(try await found() == [3, 2])
        #expect(await index.takeTroubles() == [])
    }

    @Test func foldsOnlyWhatIsWorthWhile() async throws {
        try await record([1, 2])
        #expect(try await index.pendingCount() == 0)
        #expect(try await index.pendingCount(Self.eager) == 2)
        try await index.fold()
        #expect(try await segmentCount() == 0)
    }

    @Test func leavesNoFileOfWhatWasTakenOver() async throws {
        for number in 1...5 {
            try await record([number])
            try await index.fold(Self.eager)
        }
        let files = try FileManager.default.subpathsOfDirectory(atPath: catalogue.path.string + ".index")
        #expect(files.filter { $0.hasSuffix(".vectors") }.count == (try await segmentCount()))
        try await forget([1, 2, 3, 4, 5])
        try await index.fold(.compacting)
        #expect(try await segmentCount() == 0)
        #expect(try await found() == [])
    }

    @Test func searchesWhereNoIndexCanBeWritten() async throws {
        // A file is where the folder should be.
        try Data().write(to: URL(filePath: catalogue.path.string + ".index"))
        try await record([1, 2])
        try await index.foldIfWritable(Self.eager)
        let troubles = await index.takeTroubles()
        #expect(troubles.count == 1 && troubles[0].contains("c.sqlite.index"))
        #expect(try await found() == [2, 1])
        await #expect(throws: (any Error).self) { try await index.fold(.compacting) }
    }

    @Test(.enabled(if: SmallDisk.canBeMade, "only root can mount a small disk"))
    func searchesWhereTheDiskIsFull() async throws {
        let disk = try #require(SmallDisk(at: FilePath(catalogue.path.string + ".index"), kilobytes: 4))
        try await record([1, 2])
        try await index.foldIfWritable(Self.eager)
        #expect(await index.takeTroubles().count == 1)
        #expect(try await found() == [2, 1])
        #expect(try FileManager.default.subpathsOfDirectory(atPath: disk.path.string).count <= 1)
    }

    @Test func measuresRecallOnceForTheSameSegments() async throws {
        try await record(Array(1...12))
        try await index.fold(Self.eager)
        let folder = try await IndexFolder(of: catalogue, space: Self.space)
        let names = try await Array(catalogue.segmentNames())
        #expect(folder.tunings(of: names).tunings.isEmpty)
        let request = NearestRequest(selection: nil, metric: .dot, recall: 0.9, tasks: 1, name: " so") { $0 }
        #expect(try await index.contents(for: request).recall != nil)
        #expect(Array(folder.tunings(of: names).tunings.keys) == ["0.9 so"])
        #expect(folder.tunings(of: names + ["another"]).tunings.isEmpty)
    }
}
